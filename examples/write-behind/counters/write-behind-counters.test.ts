import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { sleep } from '../../shared/clock.ts';
import { TimeoutError } from '../../shared/timeout.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { CounterBatch } from './counter-store.ts';
import { InMemoryCounterJournal } from './in-memory-counter-journal.ts';
import { InMemoryCounterStore } from './in-memory-counter-store.ts';
import { type Fate, unreliableLine } from './simulation/unreliable-line.ts';
import {
  CountersFullError,
  NotJournaledError,
  WriteBehindCounters,
  type WriteBehindCountersOptions,
} from './write-behind-counters.ts';

const reset = new Error('connection reset');

/** A call takes 20 ms, or what its fate says. */
function setUp(options: Partial<WriteBehindCountersOptions> = {}) {
  const clock = new VirtualClock();
  const table = new InMemoryCounterStore();
  const fates: Fate[] = [];
  const sent: (CounterBatch & { readonly at: number })[] = [];
  const errors: unknown[] = [];
  const send = unreliableLine(clock, () => fates.shift() ?? { thereMs: 20 });
  const open = (more: Partial<WriteBehindCountersOptions> = {}) =>
    new WriteBehindCounters({
      store: {
        apply(batch) {
          sent.push({ ...batch, at: clock.now() });
          return send(() => table.apply(batch));
        },
      },
      onError: (error) => errors.push(error),
      ...{ clock, windowMs: 100, retryMs: 50, timeoutMs: 500 },
      ...options,
      ...more,
    });
  const batches = () =>
    sent.map(({ at, additions }) => [
      at,
      ...additions.map(({ key, by }) => `${key} ${by}`),
    ]);
  return { clock, table, fates, sent, errors, open, batches };
}

describe('within a window', () => {
  test('additions to a counter become one, and counters travel together', async () => {
    const { clock, open, batches } = setUp();
    const counters = open();
    await counters.add('/lamp');
    await counters.add('/home', 5);
    await counters.add('/lamp', 2);
    await clock.advance(100);
    expect(batches()).toEqual([[100, '/lamp 3', '/home 5']]);
    expect(counters.stats()).toMatchObject({ added: 3, unconfirmed: 1 });
  });

  test('a hot counter does not postpone its batch (P6)', async () => {
    const { clock, open, batches } = setUp();
    const counters = open();
    for (let ms = 0; ms < 100; ms += 10) {
      await counters.add('/lamp');
      await clock.advance(10);
    }
    expect(batches()).toEqual([[100, '/lamp 10']]);
  });

  test('0 and what is below it are additions too (P11)', async () => {
    const { clock, table, open, batches } = setUp();
    const counters = open();
    await counters.add('/home', 0);
    await counters.add('/lamp', -2);
    await clock.until(counters.flush());
    expect(batches()).toEqual([[0, '/home 0', '/lamp -2']]);
    expect(table.count('/lamp')).toBe(-2);
  });

  test('nothing is sent when nothing was added', async () => {
    const { clock, open, sent } = setUp();
    await open().flush();
    expect(sent).toEqual([]);
    expect(clock.isIdle).toBe(true);
  });
});

describe('a batch that is sealed', () => {
  test('takes nothing more, and the next one waits for its window', async () => {
    const { clock, table, open, batches } = setUp();
    const counters = open();
    await counters.add('/lamp');
    await clock.advance(110);
    await counters.add('/lamp', 2);
    await clock.advance(1000);
    expect(batches()).toEqual([
      [100, '/lamp 1'],
      [210, '/lamp 2'],
    ]);
    expect(table.count('/lamp')).toBe(3);
    expect(counters.stats().rows).toBe(2);
  });

  test('comes again as it was, under its id, before what is newer', async () => {
    const { clock, table, fates, sent, open, errors } = setUp();
    const counters = open();
    fates.push({ lost: 'answer' });
    await counters.add('/lamp');
    await clock.advance(110);
    await counters.add('/lamp', 2);
    await clock.advance(1000);
    const [first, second, third] = sent;
    expect(second).toEqual({ ...first, at: 150 });
    expect(third?.id).toEqual({ ...first?.id, number: 2 });
    expect(table.count('/lamp')).toBe(3);
    expect(errors).toHaveLength(1);
  });

  test('counts once where an attempt arrives after its successor', async () => {
    const { clock, table, fates, open, errors } = setUp();
    const counters = open();
    fates.push({ thereMs: 5000 });
    await counters.add('/lamp');
    await clock.advance(1000);
    await counters.add('/lamp', 2);
    await clock.advance(1000);
    expect(errors).toEqual([expect.any(TimeoutError)]);
    expect(table.count('/lamp')).toBe(3);
    await clock.advance(5000);
    expect(table.count('/lamp')).toBe(3);
  });

  test('is not followed by the next one before it is confirmed (P4)', async () => {
    const { clock, open, sent } = setUp({ windowMs: 5 });
    const counters = open();
    await counters.add('/lamp');
    await clock.advance(6);
    await counters.add('/lamp');
    await clock.advance(100);
    expect(sent.map(({ at }) => at)).toEqual([5, 25]);
  });
});

test('two nodes add to one counter', async () => {
  const { clock, table, open } = setUp();
  const [first, second] = [open(), open()];
  await first.add('/lamp', 3);
  await second.add('/lamp', 2);
  await clock.until(Promise.all([first.flush(), second.flush()]));
  expect(table.count('/lamp')).toBe(5);
  expect(table.nodes()).toBe(2);
});

test('the table keeps one number a node, however many batches come', async () => {
  const { clock, table, open, sent } = setUp();
  const counters = open();
  for (let batch = 0; batch < 20; batch += 1) {
    await counters.add('/lamp');
    await clock.until(counters.flush());
  }
  expect(sent).toHaveLength(20);
  expect(table.nodes()).toBe(1);
});

test('whoever adds waits for no store (P12)', async () => {
  const { clock, open } = setUp({
    store: { apply: () => new Promise(() => {}) },
  });
  const counters = open();
  await counters.add('/lamp');
  await clock.advance(100);
  await counters.add('/lamp');
  expect(counters.stats()).toMatchObject({ pendingKeys: 1, unconfirmed: 1 });
});

describe('a full batch', () => {
  test('refuses another counter, and takes those that it has (P7)', async () => {
    const { open } = setUp({ maxKeys: 1 });
    const counters = open();
    await counters.add('/lamp');
    await expect(counters.add('/home')).rejects.toThrow(CountersFullError);
    await counters.add('/lamp');
    expect(counters.stats()).toMatchObject({ added: 2, pendingKeys: 1 });
  });

  test('does not wait for the end of its window', async () => {
    const { clock, open, batches } = setUp({ maxKeys: 2 });
    const counters = open();
    await counters.add('/lamp');
    await clock.advance(10);
    await counters.add('/home');
    await clock.advance(1);
    expect(batches()).toEqual([[10, '/lamp 1', '/home 1']]);
  });

  test('waits for the one before it, be it tried again or not', async () => {
    const { clock, fates, open, sent } = setUp({ maxKeys: 1 });
    const counters = open();
    fates.push({ lost: 'request' });
    await counters.add('/lamp');
    await clock.advance(10);
    await counters.add('/home');
    await clock.advance(200);
    expect(sent.map(({ at }) => at)).toEqual([0, 50, 70]);
  });
});

describe('with a journal', () => {
  test('an addition is acknowledged when the journal has it (P9)', async () => {
    const journal = new InMemoryCounterJournal();
    const { clock, open } = setUp();
    const counters = open({
      journal: {
        append: async (...entry) => {
          await sleep(clock, 5);
          await journal.append(...entry);
        },
        settle: (id) => journal.settle(id),
        replay: () => journal.replay(),
      },
    });
    await clock.until(counters.add('/lamp'));
    expect(clock.now()).toBe(5);
    expect(await journal.replay()).toMatchObject([
      { additions: [{ key: '/lamp', by: 1 }] },
    ]);
  });

  test('the next process sends the batches of the last under their ids', async () => {
    const { clock, table, fates, open, sent } = setUp();
    const journal = new InMemoryCounterJournal();
    const killed = open({ journal });
    fates.push({ lost: 'answer' });
    await killed.add('/lamp', 3);
    await expect(clock.until(killed.flush())).rejects.toThrow('reset');
    await killed.add('/lamp', 2);

    const counters = open({ journal, windowMs: 1000 });
    await counters.add('/lamp', 1);
    await clock.until(counters.flush());
    expect(table.count('/lamp')).toBe(6);
    const [first, again, second, own] = sent;
    expect([again?.id, second?.id]).toEqual([
      first?.id,
      { ...first?.id, number: 2 },
    ]);
    expect(own?.id.node).not.toBe(first?.id.node);
    expect(await journal.replay()).toEqual([]);
  });

  test('begins to send what it finds by itself, in the order of its numbers', async () => {
    const { clock, table, open } = setUp();
    const journal = new InMemoryCounterJournal();
    await journal.append({ node: 'a', number: 2 }, { key: '/lamp', by: 2 });
    await journal.append({ node: 'a', number: 1 }, { key: '/lamp', by: 1 });
    open({ journal });
    await clock.advance(50);
    expect(table.count('/lamp')).toBe(3);
  });

  test('reads it again where it could not be read', async () => {
    const { clock, table, open, errors } = setUp();
    const journal = new InMemoryCounterJournal();
    await journal.append({ node: 'a', number: 1 }, { key: '/lamp', by: 1 });
    let reads = 0;
    const counters = open({
      journal: {
        append: (...entry) => journal.append(...entry),
        settle: (id) => journal.settle(id),
        async replay() {
          reads += 1;
          if (reads === 1) throw reset;
          return journal.replay();
        },
      },
    });
    await expect(counters.flush()).rejects.toBe(reset);
    await counters.add('/lamp');
    await clock.advance(200);
    expect(errors).toEqual([reset]);
    expect(table.count('/lamp')).toBe(2);
  });

  test('an addition that it does not take counts, and is told of', async () => {
    const { clock, table, open } = setUp();
    const counters = open({
      journal: {
        append: () => Promise.reject(reset),
        settle: async () => {},
        replay: async () => [],
      },
    });
    await expect(counters.add('/lamp')).rejects.toThrow(NotJournaledError);
    await clock.until(counters.flush());
    expect(table.count('/lamp')).toBe(1);
  });

  test('what it does not forget does no harm, and is forgotten with the next', async () => {
    const { clock, table, open, errors } = setUp();
    const journal = new InMemoryCounterJournal();
    let settled = 0;
    const failingOnce = {
      append: journal.append.bind(journal),
      replay: journal.replay.bind(journal),
      async settle(id: CounterBatch['id']) {
        settled += 1;
        if (settled === 1) throw reset;
        await journal.settle(id);
      },
    };
    const counters = open({ journal: failingOnce });
    await counters.add('/lamp');
    await clock.until(counters.flush());
    expect(errors).toEqual([reset]);
    expect(await journal.replay()).toHaveLength(1);
    await clock.until(open({ journal }).flush());
    expect(table.count('/lamp')).toBe(1);
    await counters.add('/lamp');
    await clock.until(counters.flush());
    expect(await journal.replay()).toEqual([]);
  });

  test('a journal that hangs is read again', async () => {
    const journal = new InMemoryCounterJournal();
    const replays = [new Promise<never>(() => {})];
    journal.replay = () => replays.shift() ?? Promise.resolve([]);
    const { clock, table, open } = setUp();
    const counters = open({ journal });
    await counters.add('/lamp');
    await clock.advance(500 + 50 + 20);
    expect(table.count('/lamp')).toBe(1);
  });

  test('a journal that hangs holds up a batch no longer than a call may', async () => {
    const journal = new InMemoryCounterJournal();
    journal.settle = () => new Promise(() => {});
    const { clock, table, open, errors } = setUp();
    const counters = open({ journal });
    await counters.add('/lamp');
    await clock.advance(50);
    await counters.add('/home');
    await clock.advance(500);
    expect(table.count('/home')).toBe(1);
    expect(errors).toEqual([expect.any(TimeoutError)]);
  });
});

describe('a flush', () => {
  test('waits for what was added before it, and for nothing else', async () => {
    const { clock, table, open } = setUp();
    const counters = open();
    await counters.add('/lamp');
    const first = counters.flush();
    await counters.add('/lamp', 2);
    const second = counters.flush();
    await counters.add('/lamp', 4);
    await clock.until(first);
    expect(table.count('/lamp')).toBe(1);
    await clock.until(second);
    expect(table.count('/lamp')).toBe(7);
  });

  test('tells why it is not stored', async () => {
    const { clock, fates, open } = setUp();
    const counters = open();
    fates.push({ lost: 'request' });
    await counters.add('/lamp');
    await expect(clock.until(counters.flush())).rejects.toThrow('reset');
  });
});

describe('close', () => {
  test('stores what is left, though it fails at first, and takes no more (P10)', async () => {
    const { clock, table, fates, open } = setUp();
    const counters = open();
    fates.push({ lost: 'request' }, { lost: 'answer' });
    await counters.add('/lamp');
    const closed = counters.close();
    await expect(counters.add('/lamp')).rejects.toThrow(CacheClosedError);
    expect(await clock.until(closed)).toEqual([]);
    expect(table.count('/lamp')).toBe(1);
    expect(clock.isIdle).toBe(true);
  });

  test('returns what is not confirmed when the time is over', async () => {
    const { clock, fates, open, errors, sent } = setUp({ retryMs: 0 });
    const counters = open();
    fates.push(...Array<Fate>(20_000).fill({ lost: 'request' }));
    await counters.add('/lamp', 3);
    await clock.advance(100);
    await counters.add('/home', 2);
    const left = await clock.until(counters.close({ timeoutMs: 0 }));
    expect(left).toMatchObject([
      { id: { number: 1 }, additions: [{ key: '/lamp', by: 3 }] },
      { id: { number: 2 }, additions: [{ key: '/home', by: 2 }] },
    ]);
    expect(errors).toContainEqual(expect.any(TimeoutError));
    const attempts = sent.length;
    await clock.advance(1000);
    expect(sent).toHaveLength(attempts);
    await expect(counters.flush()).rejects.toThrow(CacheClosedError);
  });

  test('leaves no timer behind, though the table is down (P10)', async () => {
    const { clock, fates, open } = setUp({ retryMs: 60_000 });
    const counters = open();
    fates.push({ lost: 'request' });
    await counters.add('/lamp');
    const closed = counters.close({ timeoutMs: 1000 });
    expect(await clock.until(closed)).toHaveLength(1);
    expect(clock.isIdle).toBe(true);
  });

  test('has one end, however often it is called', async () => {
    const { clock, open } = setUp();
    const counters = open();
    const closed = counters.close();
    expect(counters.close({ timeoutMs: 1 })).toBe(closed);
    await clock.until(closed);
  });
});

describe('what a caller passes', () => {
  test.each([
    ['windowMs', { windowMs: -1 }],
    ['retryMs', { retryMs: Number.NaN }],
    ['timeoutMs', { timeoutMs: Infinity }],
    ['maxKeys', { maxKeys: 0 }],
  ])('%s must be what it says', (name, options) => {
    expect(() => setUp().open(options)).toThrow(`${name}: expected`);
  });

  test('has its default where it is passed as undefined', async () => {
    const names = ['windowMs', 'retryMs', 'timeoutMs', 'maxKeys'];
    const passed: object = Object.fromEntries(
      names.map((name) => [name, undefined]),
    );
    const { clock, open } = setUp();
    const counters = open(passed);
    await counters.add('/lamp');
    await clock.advance(999);
    expect(counters.stats()).toMatchObject({ pendingKeys: 1 });
    await clock.advance(1);
    expect(counters.stats()).toMatchObject({ pendingKeys: 0 });
  });

  test.each([0.5, Number.NaN, Infinity, 2 ** 53])(
    '%s cannot be added exactly',
    async (by) => {
      const counters = setUp().open();
      await expect(counters.add('/lamp', by)).rejects.toThrow('by: expected');
      expect(counters.stats()).toMatchObject({ added: 0, pendingKeys: 0 });
    },
  );

  test('nor can what adds up to more than a number holds', async () => {
    const counters = setUp().open();
    await counters.add('/lamp', Number.MAX_SAFE_INTEGER);
    await expect(counters.add('/lamp')).rejects.toThrow('by: expected');
  });
});
