import { describe, expect, test } from 'vitest';
import type { Operation } from '../shared/store.ts';
import { PartialWriteError } from '../shared/store.ts';
import { VirtualClock } from '../shared/virtual-clock.ts';
import { eachRead, eachWrite, nextWrites, writesOf } from './fates.ts';
import { type Decide, FaultyStore } from './faulty-store.ts';

function put(key: string, value: string): Operation<string, string> {
  return { type: 'set', key, value, version: 0 };
}

function setUp(decide?: Decide) {
  const clock = new VirtualClock();
  const faulty = new FaultyStore<string>({ clock, rows: [['plan', 'free']] });
  if (decide !== undefined) faulty.decide(decide);
  const log: string[] = [];
  const note = (text: string) => log.push(`${clock.now()} ${text}`);
  const life = { isAlive: true };
  const store = faulty.connect(life, {
    readBegins: (key) => note(`read ${key}`),
    storeWriteBegins: () => note('write'),
    carriedOut: (_, { key }) => note(`carried out ${key}`),
    storeWriteEnds: (_, error) => note(error === undefined ? 'ok' : 'failed'),
  });
  return { clock, faulty, life, store, log };
}

describe('a call of the store', () => {
  test('takes its time, and is witnessed step by step', async () => {
    const { clock, store, log } = setUp();
    expect(await clock.until(store.read('plan'))).toBe('free');
    await clock.until(store.write([put('plan', 'pro')]));
    expect(log).toEqual([
      '0 read plan',
      '5 write',
      '25 carried out plan',
      '25 ok',
    ]);
  });

  test('is carried out, and answered, when it is decided', async () => {
    const { clock, store, log } = setUp(
      eachWrite({ delayMs: 10, answerMs: 30 }),
    );
    await clock.until(store.write([put('plan', 'pro')]));
    expect(log).toEqual(['0 write', '10 carried out plan', '40 ok']);
  });

  test('answers with the row that was there at its time', async () => {
    const { clock, store } = setUp(eachRead({ answerMs: 50 }));
    const reading = store.read('plan');
    await clock.until(store.write([put('plan', 'pro')]));
    expect(await clock.until(reading)).toBe('free');
  });

  test('fails as a whole, and has carried out nothing', async () => {
    const error = new Error('deadlock');
    const { clock, faulty, store, log } = setUp(nextWrites(1, { error }));
    const write = () => clock.until(store.write([put('plan', 'pro')]));
    await expect(write()).rejects.toBe(error);
    expect(faulty.peek('plan')).toBe('free');
    await write();
    expect(faulty.entries()).toEqual([['plan', 'pro']]);
    expect(log[1]).toBe('20 failed');
  });

  test('fails as a whole, although a part of it has landed', async () => {
    const error = new Error('the answer was lost');
    const { clock, faulty, store } = setUp(
      eachWrite({ error, landed: ['plan'] }),
    );
    const writing = store.write([put('plan', 'pro'), put('seat', '12A')]);
    await expect(clock.until(writing)).rejects.toBe(error);
    expect(faulty.entries()).toEqual([['plan', 'pro']]);
  });

  test('fails by name, and carries the others out', async () => {
    const { clock, faulty, store } = setUp(
      writesOf('seat', { refused: ['seat'], isPermanent: true }),
    );
    const writing = store.write([put('plan', 'pro'), put('seat', '12A')]);
    const failure = clock.until(writing);
    await expect(failure).rejects.toBeInstanceOf(PartialWriteError);
    await expect(failure).rejects.toMatchObject({
      failed: [put('seat', '12A')],
      permanent: true,
    });
    expect(faulty.entries()).toEqual([['plan', 'pro']]);
  });

  test('hangs until the store recovers', async () => {
    const { clock, faulty, store, log } = setUp();
    faulty.hang();
    const writing = store.write([put('plan', 'pro')]);
    await clock.advance(500);
    faulty.recover();
    await clock.until(writing);
    expect(log).toEqual(['0 write', '520 carried out plan', '520 ok']);
  });

  test('hangs alone, where this is its fate', async () => {
    const { clock, faulty, store, log } = setUp(
      writesOf('plan', { hangs: true }),
    );
    const hung = store.write([put('plan', 'pro')]);
    await clock.until(store.write([put('seat', '12A')]));
    expect(log.at(-1)).toBe('20 ok');
    faulty.heal();
    await clock.until(hung);
    expect(faulty.peek('plan')).toBe('pro');
  });

  test('is neither carried out nor answered for a dead process', async () => {
    const { clock, faulty, life, store, log } = setUp();
    void store.write([put('plan', 'pro')]);
    void store.read('plan');
    await clock.advance(1);
    life.isAlive = false;
    void store.write([put('plan', 'team')]);
    void store.read('plan');
    await clock.advance(100);
    expect(faulty.peek('plan')).toBe('free');
    expect(log).toEqual(['0 write', '0 read plan']);
  });
});

describe('a call of the table', () => {
  test('is a read or a write like any other, to the witness', async () => {
    const { clock, store, log } = setUp();
    const free = { value: 'free', version: 0 };
    expect(await clock.until(store.find('plan'))).toEqual(free);
    await clock.until(store.put('plan', 'pro'));
    expect(log).toEqual([
      '0 read plan',
      '5 write',
      '25 carried out plan',
      '25 ok',
    ]);
  });

  test('draws its version when it is carried out', async () => {
    const { clock, store } = setUp(writesOf('plan', { delayMs: 10 }));
    const first = store.put('plan', 'pro');
    const second = store.remove('plan');
    const rows = await clock.until(Promise.all([first, second]));
    expect(rows).toEqual([
      { value: 'pro', version: 1 },
      { value: undefined, version: 2 },
    ]);
    expect(await clock.until(store.find('plan'))).toEqual(rows[1]);
  });

  test('answers with its own row, though a later one is there', async () => {
    const { clock, faulty, store } = setUp(eachWrite({ answerMs: 50 }));
    const first = store.put('plan', 'pro');
    await clock.advance(10);
    faulty.decide(eachWrite({}));
    await clock.until(store.put('plan', 'team'));
    expect(await clock.until(first)).toEqual({ value: 'pro', version: 1 });
    expect(faulty.peek('plan')).toBe('team');
  });

  test('shows the witness what is written', async () => {
    const clock = new VirtualClock();
    const faulty = new FaultyStore<string>({ clock });
    const begun: (readonly Operation<string, string>[])[] = [];
    const carriedOut: Operation<string, string>[] = [];
    const store = faulty.connect(
      { isAlive: true },
      {
        readBegins: () => {},
        storeWriteBegins: (batch) => begun.push(batch),
        carriedOut: (_, operation, isTaken) => {
          if (isTaken) carriedOut.push(operation);
        },
        storeWriteEnds: () => {},
      },
    );
    await clock.until(store.put('plan', 'pro'));
    await clock.until(store.remove('plan'));
    const removal = { type: 'delete', key: 'plan', version: 0 };
    expect(begun).toEqual([[put('plan', 'pro')], [removal]]);
    // A referee finds what was carried out by the object that it was shown.
    expect(carriedOut[0]).toBe(begun[0]?.[0]);
    expect(carriedOut[1]).toBe(begun[1]?.[0]);
  });

  test('fails, and may have been carried out', async () => {
    const error = new Error('the answer was lost');
    const { clock, faulty, store, log } = setUp(nextWrites(1, { error }));
    const failing = clock.until(store.put('plan', 'pro'));
    await expect(failing).rejects.toBe(error);
    expect(faulty.peek('plan')).toBe('free');
    faulty.decide(nextWrites(1, { error, landed: ['plan'] }));
    const landing = clock.until(store.put('plan', 'pro'));
    await expect(landing).rejects.toBe(error);
    expect(faulty.peek('plan')).toBe('pro');
    expect(log.at(-1)).toBe('40 failed');
  });

  test('is refused by name', async () => {
    const { clock, faulty, store } = setUp(
      writesOf('plan', { refused: ['plan'], isPermanent: true }),
    );
    const failure = clock.until(store.put('plan', 'pro'));
    await expect(failure).rejects.toMatchObject({ permanent: true });
    expect(faulty.peek('plan')).toBe('free');
  });

  test('is neither carried out nor answered for a dead process', async () => {
    const { clock, faulty, life, store, log } = setUp();
    void store.put('plan', 'pro');
    void store.find('plan');
    await clock.advance(1);
    life.isAlive = false;
    void store.remove('plan');
    void store.find('plan');
    await clock.advance(100);
    expect(faulty.peek('plan')).toBe('free');
    expect(log).toEqual(['0 write', '0 read plan']);
  });
});
