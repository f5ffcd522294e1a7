import { describe, expect, test } from 'vitest';
import { sentence } from './finding.ts';
import { Referee } from './referee.ts';

/** The history of one key, told to a referee who has it start at a row. */
function setUp() {
  let now = 0;
  const referee = new Referee<string>({
    now: () => now,
    rows: [['plan', 'free']],
    maxDelayMs: 100,
    maxPending: 2,
    attempts: 3,
  });
  const put = (value: string, key = 'plan') =>
    ({ type: 'set', key, value, version: 0 }) as const;
  const begin = (value: string, key = 'plan') =>
    referee.writeBegins(key, 'set', { value });
  const set = (value: string, key = 'plan') =>
    referee.writeSucceeds(begin(value, key));
  const get = (value: string | undefined) =>
    referee.getReturns(referee.getBegins('plan'), value);
  const send = (value: string) => {
    const operation = put(value);
    const flight = referee.storeWriteBegins([operation]);
    return {
      land: () => referee.carriedOut(flight, operation, true),
      answer: (error?: unknown) => referee.storeWriteEnds(flight, error),
    };
  };
  const store = (value: string) => {
    const { land, answer } = send(value);
    land();
    answer();
  };
  return {
    referee,
    begin,
    set,
    get,
    send,
    store,
    put,
    pass: (ms: number) => {
      now += ms;
    },
    found: () => referee.findings.map(({ promise }) => promise),
  };
}

describe('the referee finds nothing wrong', () => {
  test('with a write that is stored in time', () => {
    const { referee, set, get, store, pass, found } = setUp();
    set('pro');
    get('pro');
    pass(100);
    store('pro');
    get('pro');
    referee.end();
    expect(found()).toEqual([]);
  });

  test('with a read that fails where memory need not know', () => {
    const { referee, set, store, found } = setUp();
    set('pro');
    store('pro');
    referee.getFails(referee.getBegins('plan'), new Error('timeout'));
    expect(found()).toEqual([]);
  });

  test('with a flush that fails', () => {
    const { referee, set, store, found } = setUp();
    set('pro');
    referee.flushBegins();
    referee.flushFails(new Error('timeout'));
    store('pro');
    referee.end();
    expect(found()).toEqual([]);
  });

  test('with a flush that leaves what has come since', () => {
    const { referee, set, store, found } = setUp();
    set('pro');
    const flush = referee.flushBegins();
    set('team');
    referee.flushEnds(flush);
    store('team');
    referee.end();
    expect(found()).toEqual([]);
  });

  test('with a write that is late because its key is tried again', () => {
    const { referee, set, send, store, pass, found } = setUp();
    set('pro');
    send('pro').answer(new Error('deadlock'));
    set('team');
    pass(500);
    store('team');
    referee.end();
    expect(found()).toEqual([]);
  });

  test('with what a closing cache reports as left', () => {
    const { referee, set, put, found } = setUp();
    set('pro');
    const closing = referee.closeBegins(50);
    referee.closeEnds(closing, { abandoned: [put('pro')] });
    referee.end();
    expect(found()).toEqual([]);
  });
});

describe('the referee finds', () => {
  test('P1 in a read that fails although memory alone has the value', () => {
    const { referee, set, found } = setUp();
    set('pro');
    referee.getFails(referee.getBegins('plan'), new Error('timeout'));
    expect(found()).toEqual(['P1']);
  });

  test('P1 in an update that starts from an old value', () => {
    const { referee, set, found } = setUp();
    set('pro');
    const update = referee.writeBegins('plan', 'update');
    referee.updateDecides(update, 'free', 'free+1');
    referee.writeSucceeds(update);
    expect(found()).toEqual(['P1']);
  });

  test('P1 and P7 in a stale read of the store', () => {
    const { referee, set, found } = setUp();
    set('pro');
    const read = referee.getBegins('plan');
    referee.readBegins('plan');
    referee.getReturns(read, 'free');
    expect(found()).toEqual(['P1', 'P7']);
  });

  test('P2 where an older write is carried out last', () => {
    const { referee, set, store, found } = setUp();
    set('pro');
    set('team');
    store('team');
    store('pro');
    referee.end();
    expect(found()).toEqual(['P2']);
  });

  test('P2 where the store ends with what nobody wrote', () => {
    const { referee, store, found } = setUp();
    store('platinum');
    referee.end();
    expect(found()).toEqual(['P2']);
  });

  test('P2 in two updates of one value', () => {
    const { referee, found } = setUp();
    const updates = ['+1', '+2'].map((text) => {
      const call = referee.writeBegins('plan', 'update');
      return { call, next: `free${text}` };
    });
    for (const { call, next } of updates) {
      referee.updateDecides(call, 'free', next);
    }
    for (const { call } of updates) referee.writeSucceeds(call);
    expect(found()).toEqual(['P2']);
  });

  test('P3, not P2, where a write has vanished', () => {
    const { referee, set, store, found } = setUp();
    set('pro');
    store('pro');
    set('team');
    referee.flushEnds(referee.flushBegins());
    referee.end();
    expect(found()).toEqual(['P3']);
  });

  test('P4 only while the first write is under way', () => {
    const { set, send, found } = setUp();
    set('pro');
    const first = send('pro');
    first.answer(new Error('deadlock'));
    const second = send('pro');
    expect(found()).toEqual([]);
    send('pro');
    second.answer();
    expect(found()).toEqual(['P4']);
  });

  test('P6 a millisecond after the date, and once', () => {
    const { referee, set, get, pass, found } = setUp();
    set('pro');
    pass(100);
    get('pro');
    expect(found()).toEqual([]);
    pass(1);
    get('pro');
    get('pro');
    expect(found()).toEqual(['P6']);
    expect(referee.findings.map(sentence)).toEqual([
      "P6 bounded age, at 101 ms: expected set('plan', 'pro'), acknowledged at 0 ms, to set out by 100 ms; got no call to the store",
    ]);
  });

  test('P7 where more keys wait than may, unless they were lost', () => {
    const crowd = () => {
      const world = setUp();
      for (const key of ['one', 'two', 'three']) world.set('good', key);
      return world;
    };
    const held = crowd();
    for (const key of ['one', 'two', 'three']) {
      const operation = held.put('good', key);
      const flight = held.referee.storeWriteBegins([operation]);
      held.referee.carriedOut(flight, operation, true);
      held.referee.storeWriteEnds(flight);
    }
    held.referee.end();
    expect(held.found()).toEqual(['P7']);

    const lost = crowd();
    lost.referee.end();
    expect(new Set(lost.found())).toEqual(new Set(['P3']));
  });

  test('P8 where one write is tried too often', () => {
    const { set, send, found } = setUp();
    set('pro');
    for (let attempt = 1; attempt <= 3; attempt++) {
      send('pro').answer(new Error('refused'));
    }
    expect(found()).toEqual([]);
    send('pro').answer(new Error('refused'));
    expect(found()).toEqual(['P8']);
  });

  test('P9 where what was acknowledged has not survived', () => {
    const { referee, set, get, found } = setUp();
    set('pro');
    referee.crash(true);
    get('free');
    referee.end();
    expect(found()).toEqual(['P9', 'P9']);
  });

  test('P10 in a loss, a failure, a delay or a write at close', () => {
    const { referee, begin, set, pass, found } = setUp();
    set('pro');
    const closing = referee.closeBegins(50);
    referee.writeSucceeds(begin('team'));
    referee.closeFails(referee.closeBegins(), new Error('closed'));
    pass(51);
    referee.closeEnds(closing, undefined);
    expect(found()).toEqual(['P10', 'P10', 'P10', 'P10']);
  });

  test('P12 in a wait, a refusal and silence, where there is room', () => {
    const { referee, begin, pass, found } = setUp();
    const slow = begin('pro');
    pass(1);
    referee.writeSucceeds(slow);
    referee.writeFails(begin('seat', '12A'), new Error('timeout'));
    begin('dark', 'theme');
    referee.end();
    expect(found().filter((promise) => promise === 'P12')).toHaveLength(3);
  });

  test('nothing in a wait or a refusal where there is no room', () => {
    const { referee, begin, set, pass, found } = setUp();
    set('good', 'one');
    set('good', 'two');
    const waiting = begin('pro');
    referee.writeFails(begin('12A', 'seat'), new Error('it is full'));
    pass(50);
    referee.writeSucceeds(waiting);
    expect(found()).toEqual([]);
  });
});

describe('the story', () => {
  test('tells of each end of a write to the store', () => {
    const { referee, set, send, pass } = setUp();
    set('pro');
    const { land, answer } = send('pro');
    pass(20);
    land();
    answer();
    send('pro').answer(new Error('timeout'));
    expect(referee.story).toEqual([
      "     0 ms  set plan = 'pro'",
      "     0 ms  store.write [plan = 'pro']",
      '    20 ms  store.write [plan] ends',
      "    20 ms  store.write [plan = 'pro']",
      '    20 ms  store.write [plan] fails: Error: timeout',
    ]);
  });

  test('rounds the time, and keeps its columns', () => {
    const { referee, pass } = setUp();
    pass(159.03292471449822);
    const flush = referee.flushBegins();
    pass(1000.4);
    referee.flushEnds(flush);
    referee.report('P10', 'close to resolve', 'no answer');
    expect(referee.story).toEqual([
      '   159 ms  flush',
      '1159.4 ms  flush ends, begun at 159 ms',
      '1159.4 ms  !! P10',
    ]);
    expect(referee.findings.map(sentence)).toEqual([
      'P10 drain, at 1159.4 ms: expected close to resolve; got no answer',
    ]);
  });

  test('tells what the disk is asked for, in few words', () => {
    const { referee, put } = setUp();
    referee.diskCalled('journal.append', [put('pro')]);
    referee.diskCalled('journal.settle', [[{ key: 'plan', version: 3 }]]);
    referee.diskCalled('queue.pop', [4]);
    referee.diskCalled('queue.sort', [() => {}, { by: 'age' }, null]);
    expect(referee.story.map((line) => line.slice(11))).toEqual([
      "journal.append plan = 'pro'",
      'journal.settle [plan]',
      'queue.pop 4',
      'queue.sort … … null',
    ]);
  });
});
