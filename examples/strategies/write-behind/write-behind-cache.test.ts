import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { type Clock, sleep, systemClock } from '../../shared/clock.ts';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Journal, Settled } from '../../shared/journal.ts';
import {
  type Operation,
  PartialWriteError,
  type Store,
} from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  CacheFullError,
  type DeadLetter,
  WriteBehindCache,
  type WriteBehindOptions,
} from './write-behind-cache.ts';

type Value = number | string | boolean | null;
type Options = Partial<WriteBehindOptions<string, Value>>;

const readMs = 5;
const writeMs = 20;
const permanent = Object.assign(new Error('check constraint'), {
  permanent: true,
});

/** A cache over a store that tells which batches came, and which overlapped. */
function setUp(options: Options = {}, rows: readonly [string, Value][] = []) {
  const clock = new VirtualClock();
  const store = new InMemoryStore({ rows, readMs, writeMs, clock });
  const batches: (readonly Operation<string, Value>[])[] = [];
  const underWay = new Set<string>();
  const overlaps: string[] = [];
  const observed: Store<string, Value> = {
    read: (key) => store.read(key),
    async write(batch) {
      batches.push(batch);
      const keys = batch.map(({ key }) => key);
      overlaps.push(...keys.filter((key) => underWay.has(key)));
      for (const key of keys) underWay.add(key);
      try {
        await store.write(batch);
      } finally {
        for (const key of keys) underWay.delete(key);
      }
    },
  };
  const cache = new WriteBehindCache<string, Value>({
    store: observed,
    clock,
    random: () => 0.5,
    ...options,
  });
  const sizes = () => batches.map((batch) => batch.length);
  return { cache, clock, store, batches, sizes, overlaps };
}

function fill(cache: WriteBehindCache<string, Value>, keys: readonly string[]) {
  return Promise.all(keys.map((key) => cache.set(key, key)));
}

/** Whether the promise settles without any time passing. */
async function settlesAtOnce(clock: VirtualClock, promise: Promise<unknown>) {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  await clock.advance(0);
  return isSettled;
}

/** Calls it that many promise jobs later. */
async function afterJobs<T>(jobs: number, call: () => Promise<T>): Promise<T> {
  for (let job = 0; job < jobs; job++) await Promise.resolve();
  return call();
}

describe('P1: a read returns the last acknowledged value', () => {
  test('before, during and after its flush', async () => {
    const { cache, clock, store } = setUp({}, [['plan', 'free']]);
    await cache.set('plan', 'pro');
    expect(await cache.get('plan')).toBe('pro');
    const flushed = cache.flush();
    await clock.advance(writeMs / 2);
    expect(store.peek('plan')).toBe('free');
    expect(await cache.get('plan')).toBe('pro');
    await clock.until(flushed);
    expect(await cache.get('plan')).toBe('pro');
    expect(store.counts().reads).toBe(0);
  });

  test('after a failure and until its retry', async () => {
    const { cache, clock, store } = setUp();
    store.failNextWrites(new Error('deadlock'));
    await cache.set('plan', 'pro');
    await clock.advance(1000 + writeMs);
    expect(cache.status('plan')).toBe('pending');
    expect(await cache.get('plan')).toBe('pro');
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('pro');
  });

  test('when the store never takes it, and others have taken it over', async () => {
    const { cache, clock, store } = setUp({ onDeadLetter: () => {} }, [
      ['plan', 'free'],
      ['seat', 1],
    ]);
    store.breakKey('plan', permanent);
    store.breakKey('seat', permanent);
    await cache.set('plan', 'pro');
    await cache.delete('seat');
    await clock.until(cache.flush());
    expect(cache.status('plan')).toBe('failed');
    expect(await cache.get('plan')).toBe('pro');
    expect(await cache.get('seat')).toBeUndefined();
  });

  test('from the store once memory has let go of most', async () => {
    const { cache, clock, store } = setUp({ maxEntries: 1 });
    await fill(cache, ['a', 'b', 'c', 'd']);
    await clock.until(cache.flush());
    for (const key of ['a', 'b', 'c']) {
      expect(await clock.until(cache.get(key))).toBe(key);
    }
    expect(store.counts().reads).toBe(3);
  });

  test('from the store once memory has let go of it', async () => {
    const { cache, clock } = setUp({ maxEntries: 1 });
    await fill(cache, ['a', 'b']);
    await clock.until(cache.flush());
    expect(await clock.until(cache.get('a'))).toBe('a');
    expect(cache.stats()).toMatchObject({ hits: 0, misses: 1 });
  });

  test('although an older read of the store arrives after the write', async () => {
    const { cache, clock } = setUp({}, [['plan', 'free']]);
    const reading = cache.get('plan');
    await cache.set('plan', 'pro');
    expect(await clock.until(reading)).toBe('pro');
    await clock.until(cache.flush());
    expect(await cache.get('plan')).toBe('pro');
  });

  test('although the write has settled before the older read arrives', async () => {
    const clock = new VirtualClock();
    const store = new InMemoryStore({
      rows: [['plan', 'free']],
      readMs: 50,
      clock,
    });
    const cache = new WriteBehindCache({ store, clock });
    const reading = cache.get('plan');
    await cache.set('plan', 'pro');
    await cache.flush();
    expect(cache.status('plan')).toBe('clean');
    expect(await clock.until(reading)).toBe('pro');
    expect(await cache.get('plan')).toBe('pro');
  });
});

describe('a read of what memory does not know', () => {
  test('asks the store once for all who ask at the same time', async () => {
    const { cache, clock, store } = setUp({}, [['plan', 'free']]);
    const reads = Promise.all([cache.get('plan'), cache.get('plan')]);
    expect(await clock.until(reads)).toEqual(['free', 'free']);
    expect(store.counts().reads).toBe(1);
  });

  test('does not share the one that a write has overtaken', async () => {
    const clock = new VirtualClock();
    const store = new InMemoryStore<string, string>({ readMs: 50, clock });
    const cache = new WriteBehindCache({ store, clock, maxEntries: 1 });
    const overtaken = cache.get('plan');
    await cache.set('plan', 'pro');
    await cache.set('other', 'evicts it');
    await cache.flush();
    await clock.advance(30);
    const second = cache.get('plan');
    await clock.advance(20);
    const third = cache.get('plan');
    const answers = Promise.all([overtaken, second, third]);
    expect(await clock.until(answers)).toEqual([undefined, 'pro', 'pro']);
    expect(store.counts().reads).toBe(2);
  });

  test('is remembered, presence and absence alike', async () => {
    const { cache, clock, store } = setUp({}, [['plan', 'free']]);
    await clock.until(Promise.all([cache.get('plan'), cache.get('none')]));
    expect(await cache.get('plan')).toBe('free');
    expect(await cache.get('none')).toBeUndefined();
    expect(store.counts().reads).toBe(2);
  });

  test('drops the entry that was not used for the longest time', async () => {
    const { cache, clock, store } = setUp({ maxEntries: 2 }, [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    for (const key of ['a', 'b', 'a', 'c', 'a']) {
      await clock.until(cache.get(key));
    }
    expect(store.counts().reads).toBe(3);
    await clock.until(cache.get('b'));
    expect(store.counts().reads).toBe(4);
  });

  test('passes an error on, and asks again next time', async () => {
    const clock = new VirtualClock();
    const answers = [Promise.reject(new Error('connection lost')), 'free'];
    const cache = new WriteBehindCache<string, string>({
      store: {
        read: async () => answers.shift(),
        write: async () => {},
      },
      clock,
    });
    await expect(cache.get('plan')).rejects.toThrow('connection lost');
    expect(await cache.get('plan')).toBe('free');
  });

  test('is answered although memory has let go of it meanwhile', async () => {
    const rows: [string, number][] = [
      ['a', 1],
      ['b', 2],
    ];
    const store = new InMemoryStore({ rows });
    const cache = new WriteBehindCache({ store, maxEntries: 1 });
    const reads = Promise.all([cache.get('a'), cache.get('b')]);
    expect(await reads).toEqual([1, 2]);
  });

  test('drops nothing where the store has no answer', async () => {
    const cache = new WriteBehindCache<string, string>({
      store: {
        async read(key) {
          if (key === 'plan') return 'free';
          throw new Error('connection lost');
        },
        write: async () => {},
      },
      clock: new VirtualClock(),
      maxEntries: 1,
    });
    await cache.get('plan');
    await expect(cache.get('seat')).rejects.toThrow('connection lost');
    await cache.get('plan');
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 2 });
  });
});

describe('P2: the store ends with the last operation of each key', () => {
  test('when an older one fails while a newer one waits', async () => {
    const { cache, clock, store } = setUp();
    store.failNextWrites(new Error('deadlock'));
    await cache.set('plan', 'pro');
    const flushed = cache.flush();
    await cache.set('plan', 'team');
    await clock.until(flushed);
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('team');
    expect(cache.stats()).toMatchObject({ persisted: 1, coalesced: 1 });
  });

  test('and what was replaced is not tried again', async () => {
    const { cache, clock, store } = setUp({
      retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
    });
    store.failNextWrites(new Error('deadlock'));
    await cache.set('plan', 'pro');
    const flushed = cache.flush();
    await cache.delete('plan');
    await clock.until(flushed);
    await clock.advance(1000 + writeMs);
    expect(store.counts().writes).toBe(2);
    expect(clock.isIdle).toBe(true);
  });

  test('when a newer one arrives between two attempts', async () => {
    const { cache, clock, store, batches } = setUp();
    store.failNextWrites(new Error('deadlock'));
    await cache.set('plan', 'pro');
    await clock.advance(1000 + writeMs);
    await cache.set('plan', 'team');
    await clock.advance(5000);
    expect(store.peek('plan')).toBe('team');
    expect(batches.flat()).toMatchObject([{ value: 'pro' }, { value: 'team' }]);
  });

  test('in the order of a set and a delete within one window', async () => {
    const { cache, clock, store } = setUp({}, [['gone', 1]]);
    await cache.delete('back');
    await cache.set('back', 1);
    await cache.set('gone', 2);
    await cache.delete('gone');
    await clock.until(cache.flush());
    expect(store.entries()).toEqual([['back', 1]]);
  });

  test('with versions that a restart does not begin anew', async () => {
    const { cache, clock, store } = setUp();
    for (let count = 1; count <= 10; count++) await cache.set('views', count);
    await clock.until(cache.flush());
    const restarted = new WriteBehindCache<string, Value>({ store, clock });
    await restarted.set('views', 11);
    await clock.until(restarted.flush());
    expect(store.peek('views')).toBe(11);
  });
});

describe('P3: nothing that was acknowledged vanishes', () => {
  test('where a flush comes before the retry, and a write after it', async () => {
    const { cache, clock, store } = setUp();
    store.failNextWrites(new Error('deadlock'));
    await cache.set('plan', 'pro');
    void cache.flush();
    await clock.advance(writeMs);
    void cache.flush();
    await cache.set('plan', 'team');
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('team');
  });

  test('a flush ends when all that came before is in the store', async () => {
    const { cache, clock, store, sizes } = setUp({ maxBatchSize: 2 });
    await fill(cache, ['a', 'b', 'c', 'd', 'e']);
    await clock.until(cache.flush());
    expect(store.entries()).toHaveLength(5);
    expect(sizes()).toEqual([2, 2, 1]);
  });

  test('a flush covers what is already under way', async () => {
    const { cache, clock, store } = setUp();
    await cache.set('plan', 'pro');
    void cache.flush();
    await clock.advance(writeMs / 2);
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('pro');
    expect(clock.now()).toBe(writeMs);
  });

  test('a flush covers what came while an older write was under way', async () => {
    const { cache, clock, store } = setUp();
    await cache.set('plan', 'pro');
    void cache.flush();
    await cache.set('plan', 'team');
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('team');
    expect(clock.now()).toBe(2 * writeMs);
  });

  test('a flush does not wait for what comes after it', async () => {
    const { cache, clock } = setUp();
    await cache.set('plan', 'pro');
    const flushed = cache.flush();
    await cache.set('plan', 'team');
    await clock.until(flushed);
    expect(clock.now()).toBe(writeMs);
    expect(cache.status('plan')).toBe('pending');
  });

  test('a flush waits for what is under way, although it is replaced', async () => {
    const { cache, clock } = setUp({ maxBatchSize: 1 });
    await cache.set('seat', 1);
    await clock.advance(5);
    await cache.set('plan', 'pro');
    const flushed = cache.flush();
    await cache.set('plan', 'team');
    await clock.until(flushed);
    expect(clock.now()).toBe(5 + writeMs);
  });

  test('a flush does not hurry what comes after it', async () => {
    const { cache, clock, batches } = setUp();
    await cache.set('plan', 'pro');
    void cache.flush();
    void cache.flush();
    await cache.set('plan', 'team');
    await clock.advance(999);
    expect(batches).toHaveLength(1);
  });

  test('the end of a write says nothing of a newer one', async () => {
    const { cache, clock, store } = setUp();
    await cache.set('plan', 'pro');
    void cache.flush();
    await clock.advance(writeMs / 2);
    expect(cache.status('plan')).toBe('writing');
    await cache.set('plan', 'team');
    expect(cache.status('plan')).toBe('pending');
    await clock.advance(writeMs / 2);
    expect(store.peek('plan')).toBe('pro');
    expect(cache.status('plan')).toBe('pending');
    await clock.advance(1000 + writeMs);
    expect(store.peek('plan')).toBe('team');
    expect(cache.status('plan')).toBe('clean');
  });

  test('a flush waits for the retries of what has failed', async () => {
    const { cache, clock, store } = setUp();
    store.failNextWrites(new Error('deadlock'), new Error('deadlock'));
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('pro');
    // Three attempts, and half of 100 ms and of 200 ms in between.
    expect(clock.now()).toBe(3 * writeMs + 50 + 100);
  });

  test('a flush waits until a dead letter is taken over', async () => {
    const letters: DeadLetter<string, Value>[] = [];
    const { cache, clock, store } = setUp({
      async onDeadLetter(letter) {
        await new Promise<void>((resolve) => clock.schedule(300, resolve));
        letters.push(letter);
      },
    });
    store.breakKey('plan', permanent);
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    expect(letters).toMatchObject([{ operation: { value: 'pro' } }]);
    expect(cache.stats()).toMatchObject({ deadLettered: 1, pending: 0 });
  });

  test('a dead letter that nobody takes stays with the cache', async () => {
    const { cache, clock, store } = setUp({ maxEntries: 1 });
    store.breakKey('plan', permanent);
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    await fill(cache, ['a', 'b', 'c']);
    await clock.until(cache.flush());
    expect(cache.status('plan')).toBe('failed');
    expect(await cache.get('plan')).toBe('pro');
    const { deadLettered } = await clock.until(cache.close());
    expect(deadLettered).toMatchObject([{ operation: { value: 'pro' } }]);
  });

  test('a dead letter that nobody can take stays, with both errors', async () => {
    const full = new Error('the dead letter table is full');
    const { cache, clock, store } = setUp({
      onDeadLetter() {
        throw full;
      },
    });
    store.breakKey('plan', permanent);
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    expect(cache.status('plan')).toBe('failed');
    const { deadLettered } = await clock.until(cache.close());
    expect(deadLettered).toMatchObject([
      {
        operation: { key: 'plan', value: 'pro' },
        attempts: 1,
        error: { errors: [expect.objectContaining({ permanent: true }), full] },
      },
    ]);
  });

  test('a dead letter that nobody takes is tried again by a flush', async () => {
    const { cache, clock, store, batches } = setUp({ maxPending: 2 });
    store.breakKey('a', permanent);
    store.breakKey('b', permanent);
    await fill(cache, ['a', 'b']);
    await clock.until(cache.flush());
    expect(cache.stats()).toMatchObject({ deadLettered: 2, pending: 0 });
    const waiting = cache.set('c', 'c');
    await clock.advance(60_000);
    expect(batches).toHaveLength(1);
    store.mendKey('a');
    store.mendKey('b');
    await clock.until(cache.flush());
    await clock.until(waiting);
    expect(store.peek('a')).toBe('a');
    expect(cache.status('b')).toBe('clean');
    expect(cache.stats()).toMatchObject({
      accepted: 3,
      persisted: 2,
      deadLettered: 0,
      pending: 1,
    });
  });

  test('and stays one where that fails', async () => {
    const { cache, clock, store } = setUp();
    store.breakKey('plan', permanent);
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    await clock.until(cache.flush());
    expect(cache.status('plan')).toBe('failed');
    expect(cache.stats()).toMatchObject({ accepted: 1, deadLettered: 1 });
  });

  test('a flush does not wait for a batch to fill, to try it again', async () => {
    const { cache, clock, store } = setUp({ maxBatchSize: 100 });
    store.breakKey('plan', permanent);
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    store.mendKey('plan');
    const begin = clock.now();
    await clock.until(cache.flush());
    expect(clock.now() - begin).toBe(writeMs);
  });

  test('a new write of the key takes the place of a dead letter', async () => {
    const { cache, clock, store } = setUp();
    store.breakKey('plan', permanent);
    await cache.set('plan', 'platinum');
    await clock.until(cache.flush());
    store.mendKey('plan');
    await cache.set('plan', 'pro');
    expect(cache.status('plan')).toBe('pending');
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('pro');
    expect(cache.stats()).toMatchObject({
      accepted: 2,
      persisted: 1,
      coalesced: 0,
      deadLettered: 1,
    });
    expect((await clock.until(cache.close())).deadLettered).toEqual([]);
  });

  test('a new write of a key follows a dead letter that was taken', async () => {
    const { cache, clock, store } = setUp({ onDeadLetter: () => {} });
    store.breakKey('plan', permanent);
    await cache.set('plan', 'platinum');
    await clock.until(cache.flush());
    expect(cache.status('plan')).toBe('failed');
    await cache.set('plan', 'pro');
    expect(cache.status('plan')).toBe('pending');
  });

  test('a write that comes while a dead letter is taken over is kept', async () => {
    const { cache, clock, store } = setUp({
      onDeadLetter: () =>
        new Promise<void>((resolve) => clock.schedule(300, resolve)),
    });
    store.breakKey('plan', permanent);
    await cache.set('plan', 'platinum');
    await clock.advance(1000 + writeMs);
    expect(cache.status('plan')).toBe('failed');
    store.mendKey('plan');
    await cache.set('plan', 'pro');
    await clock.advance(300);
    expect(cache.status('plan')).toBe('pending');
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('pro');
  });

  test('a dead letter that nobody takes has the error of the store', async () => {
    const { cache, clock, store } = setUp();
    store.breakKey('plan', permanent);
    await cache.set('plan', 'pro');
    const { deadLettered } = await clock.until(cache.close());
    expect(deadLettered[0]?.error).toBeInstanceOf(PartialWriteError);
  });
});

describe('P3: an error is not believed beyond what it can know', () => {
  test('where it names operations that are not of the batch', async () => {
    const clock = new VirtualClock();
    const stored: unknown[] = [];
    let attempts = 0;
    const cache = new WriteBehindCache<{ readonly id: string }, string>({
      clock,
      random: () => 0.5,
      store: {
        read: async () => undefined,
        async write(batch) {
          attempts += 1;
          if (attempts === 1) throw new PartialWriteError(copiesOf(batch));
          stored.push(...batch);
        },
      },
    });
    await cache.set({ id: 'linh' }, 'pro');
    await clock.until(cache.flush());
    expect(stored).toHaveLength(1);
    expect(cache.stats()).toMatchObject({ persisted: 1, pending: 0 });
  });

  test('but where another copy of the class names them', async () => {
    const { cache, clock, store, sizes } = setUp({ retry: { attempts: 2 } });
    class PartialWriteError extends Error {
      override readonly name = 'PartialWriteError';
      readonly permanent = true;
      readonly failed = [{ type: 'set', key: 'a', value: 'a', version: 1 }];
    }
    store.failNextWrites(new PartialWriteError('of another module'));
    await fill(cache, ['a', 'b']);
    await clock.until(cache.flush());
    expect(sizes()).toEqual([2]);
    expect(cache.status('a')).toBe('failed');
    expect(cache.status('b')).toBe('clean');
  });

  test.each([
    ['named like it', { name: 'PartialWriteError' }],
    ['with a list', { failed: [] }],
    ['with another list', { name: 'PartialWriteError', failed: 'all' }],
  ])('nor is an error %s one', async (_, parts) => {
    const { cache, clock, store, sizes } = setUp();
    store.failNextWrites(Object.assign(new Error('no such error'), parts));
    await fill(cache, ['a', 'b']);
    await clock.until(cache.flush());
    expect(sizes()).toEqual([2, 1, 1]);
  });

  test('where the store has emptied the batch that it was given', async () => {
    const { clock, store } = setUp();
    const cache = new WriteBehindCache<string, Value>({
      clock,
      random: () => 0.5,
      store: {
        read: (key) => store.read(key),
        write: (batch) =>
          store.write((batch as Operation<string, Value>[]).splice(0)),
      },
    });
    store.failNextWrites(new Error('connection reset'));
    await fill(cache, ['a', 'b']);
    await clock.until(cache.flush());
    expect(store.entries()).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
  });

  test('where it names a stranger beside one of the batch', async () => {
    const { clock, store } = setUp();
    const stranger = { type: 'delete', key: 'c', version: 1 } as const;
    let attempts = 0;
    const cache = new WriteBehindCache<string, Value>({
      clock,
      random: () => 0.5,
      store: {
        read: (key) => store.read(key),
        async write(batch) {
          attempts += 1;
          const named = [...batch.slice(0, 1), stranger];
          if (attempts === 1) throw new PartialWriteError(named);
          await store.write(batch);
        },
      },
    });
    await fill(cache, ['a', 'b']);
    await clock.until(cache.flush());
    expect(store.entries()).toHaveLength(2);
  });
});

function copiesOf<T>(rows: readonly T[]): T[] {
  return structuredClone([...rows]);
}

describe('P4: a key has one writer at a time', () => {
  test('however often it is written and flushed', async () => {
    const { cache, clock, overlaps, batches } = setUp({ maxBatchSize: 1 });
    for (let count = 1; count <= 20; count++) {
      await cache.set('views', count);
      void cache.flush();
      await clock.advance(writeMs / 4);
    }
    await clock.until(cache.flush());
    expect(overlaps).toEqual([]);
    expect(batches.flat().length).toBeGreaterThan(3);
  });

  test('also when callers write through', async () => {
    const { cache, clock, overlaps, store } = setUp({
      maxPending: 1,
      whenFull: 'write-through',
    });
    store.hang();
    await cache.set('other', 0);
    const writes = [1, 2, 3].map((count) => cache.set('views', count));
    store.recover();
    await clock.until(Promise.all(writes));
    await clock.until(cache.flush());
    expect(overlaps).toEqual([]);
    expect(store.peek('views')).toBe(3);
  });
});

describe('P5: a deleted value does not come back', () => {
  test('while the delete is pending', async () => {
    const { cache, store } = setUp({}, [['plan', 'free']]);
    await cache.delete('plan');
    expect(await cache.get('plan')).toBeUndefined();
    expect(store.counts().reads).toBe(0);
  });

  test('from a read that began before the delete', async () => {
    const { cache, clock } = setUp({}, [['plan', 'free']]);
    const reading = cache.get('plan');
    await cache.delete('plan');
    await clock.until(reading);
    expect(await cache.get('plan')).toBeUndefined();
    await clock.until(cache.flush());
    expect(await cache.get('plan')).toBeUndefined();
  });

  test('from a read that arrives after the delete has settled', async () => {
    const clock = new VirtualClock();
    const rows: [string, string][] = [['plan', 'free']];
    const store = new InMemoryStore({ rows, readMs: 50, clock });
    const cache = new WriteBehindCache({ store, clock, maxEntries: 1 });
    const reading = cache.get('plan');
    await cache.delete('plan');
    await cache.set('other', 'evicts the absence');
    await cache.flush();
    await clock.until(reading);
    expect(await clock.until(cache.get('plan'))).toBeUndefined();
  });
});

describe('P6: an operation sets out within maxDelayMs', () => {
  test('when nothing else happens', async () => {
    const { cache, clock, store } = setUp({ maxDelayMs: 200 });
    await cache.set('plan', 'pro');
    await clock.advance(200 + writeMs);
    expect(store.peek('plan')).toBe('pro');
  });

  test('although its key is written all the time', async () => {
    const { cache, clock, batches } = setUp({ maxDelayMs: 200 });
    const sentAt: number[] = [];
    for (let now = 0; now < 1000; now += 10) {
      await cache.set('views', now);
      const before = batches.length;
      await clock.advance(10);
      if (batches.length > before) sentAt.push(clock.now());
    }
    const gaps = sentAt.map((at, index) => at - (sentAt[index - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(200 + writeMs);
  });

  test('although it came while an older one was under way', async () => {
    const { cache, clock, batches } = setUp({ maxDelayMs: 200 });
    await cache.set('views', 1);
    await clock.advance(200 + writeMs / 2);
    await cache.set('views', 2);
    await clock.advance(199);
    expect(batches).toHaveLength(1);
    await clock.advance(1);
    expect(batches).toHaveLength(2);
  });

  test('from the first of several that came meanwhile', async () => {
    const { cache, clock, store, batches } = setUp({ maxDelayMs: 200 });
    await cache.set('views', 1);
    store.hang();
    await clock.advance(200);
    await cache.set('views', 2);
    await clock.advance(150);
    await cache.set('views', 3);
    store.recover();
    await clock.advance(49);
    expect(batches).toHaveLength(1);
    await clock.advance(1);
    expect(batches).toHaveLength(2);
  });

  test('at once when its date has passed before its key is free', async () => {
    const { cache, clock, store, batches } = setUp({ maxDelayMs: 200 });
    await cache.set('views', 1);
    store.hang();
    await clock.advance(200);
    await cache.set('views', 2);
    await clock.advance(450);
    await cache.set('other', 0);
    store.recover();
    await clock.advance(writeMs);
    expect(batches[1]).toMatchObject([{ key: 'other' }, { value: 2 }]);
  });

  test('although the batches of its neighbours hang', async () => {
    const { cache, clock, store, batches } = setUp({ maxDelayMs: 200 });
    store.hang();
    await fill(cache, ['a', 'b', 'c']);
    await clock.advance(200);
    await cache.set('plan', 'pro');
    await clock.advance(200);
    expect(batches.at(-1)).toMatchObject([{ value: 'pro' }]);
  });

  test('at once when a batch is full', async () => {
    const { cache, clock, sizes } = setUp({ maxBatchSize: 3 });
    await fill(cache, ['a', 'b', 'c', 'd']);
    expect(sizes()).toEqual([3]);
    await clock.advance(1000);
    expect(sizes()).toEqual([3, 1]);
  });

  test('and no sooner, although a batch before it was full', async () => {
    const { cache, clock, sizes } = setUp({ maxBatchSize: 2 });
    await fill(cache, ['a', 'b']);
    await clock.advance(600);
    await cache.set('c', 'c');
    await clock.advance(999);
    expect(sizes()).toEqual([2]);
    await clock.advance(1);
    expect(sizes()).toEqual([2, 1]);
  });

  test('together with all that came in the same step, at no delay', async () => {
    const { cache, clock, sizes } = setUp({ maxDelayMs: 0 });
    await fill(cache, ['a', 'b', 'c']);
    await clock.advance(0);
    expect(sizes()).toEqual([3]);
  });

  test('although another has come after it', async () => {
    const { cache, clock, batches } = setUp();
    await cache.set('a', 1);
    await clock.advance(600);
    await cache.set('b', 2);
    await clock.advance(399);
    expect(batches).toEqual([]);
    await clock.advance(1);
    expect(batches).toMatchObject([[{ key: 'a' }, { key: 'b' }]]);
  });

  test('and no sooner, although an earlier date has come before it', async () => {
    const { cache, clock, store, batches } = setUp({ maxDelayMs: 200 });
    await cache.set('views', 1);
    store.hang();
    await clock.advance(200);
    await cache.set('views', 2);
    await clock.advance(100);
    await cache.set('a', 1);
    store.recover();
    // The date of the views comes before that of `a`, and takes it along.
    await clock.advance(100);
    expect(batches).toHaveLength(2);
    await cache.set('b', 2);
    await clock.advance(199);
    expect(batches).toHaveLength(2);
    await clock.advance(1);
    expect(batches).toHaveLength(3);
  });
});

describe('P7: memory is bounded', () => {
  test('by the caller who waits for room', async () => {
    const { cache, clock, store } = setUp({ maxPending: 2 });
    await fill(cache, ['a', 'b']);
    const third = cache.set('c', 'c');
    expect(await settlesAtOnce(clock, third)).toBe(false);
    expect(cache.stats().writing).toBe(2);
    await clock.until(third);
    expect(clock.now()).toBe(writeMs);
    await clock.until(cache.flush());
    expect(store.entries()).toHaveLength(3);
  });

  test('by the caller who is rejected', async () => {
    const { cache, clock } = setUp({ maxPending: 2, whenFull: 'reject' });
    await fill(cache, ['a', 'b']);
    const third = cache.set('c', 'c');
    await expect(third).rejects.toThrow(CacheFullError);
    await expect(third).rejects.toThrow('2 keys wait for the store');
    await clock.until(cache.flush());
    await cache.set('c', 'c');
  });

  test('by the caller who writes through', async () => {
    const { cache, clock, store } = setUp({
      maxPending: 2,
      whenFull: 'write-through',
    });
    await fill(cache, ['a', 'b']);
    await clock.until(cache.set('c', 'c'));
    expect(store.peek('c')).toBe('c');
    expect(await cache.get('c')).toBe('c');
    expect(store.counts().reads).toBe(0);
  });

  test('but a key that has a place needs no other', async () => {
    const { cache, clock } = setUp({ maxPending: 2 });
    await fill(cache, ['a', 'b']);
    const write = cache.set('a', 'again');
    expect(await settlesAtOnce(clock, write)).toBe(true);
    expect(cache.stats()).toMatchObject({ pending: 2, coalesced: 1 });
  });

  test('and writes that wait come in as they were made', async () => {
    const { cache, clock, store } = setUp({ maxPending: 1 });
    await cache.set('a', 1);
    const writes = [1, 2, 3].map((count) => cache.set('views', count));
    await clock.until(Promise.all(writes));
    await clock.until(cache.flush());
    expect(store.peek('views')).toBe(3);
  });

  test('and whoever waits for room waits for no company', async () => {
    const { cache, clock } = setUp({ maxPending: 1, maxDelayMs: 5000 });
    await clock.until(fill(cache, ['a', 'b', 'c', 'd']));
    expect(clock.now()).toBe(3 * writeMs);
  });

  test('and never exceeded, however many wait', async () => {
    const { cache, clock, store } = setUp({ maxPending: 3, maxBatchSize: 2 });
    const keys = Array.from({ length: 40 }, (_, index) => `user-${index}`);
    const written = fill(cache, keys);
    const seen: number[] = [];
    for (let step = 0; step < 100; step++) {
      const { pending, writing } = cache.stats();
      seen.push(pending + writing);
      await clock.advance(writeMs / 4);
    }
    await written;
    await clock.until(cache.flush());
    expect(Math.max(...seen)).toBe(3);
    expect(store.entries()).toHaveLength(40);
  });

  test('and a write through that fails tells its caller', async () => {
    const { cache, clock, store } = setUp(
      { maxPending: 1, whenFull: 'write-through' },
      [['plan', 'free']],
    );
    await clock.until(cache.get('plan'));
    store.breakKey('plan');
    await cache.set('other', 0);
    await expect(clock.until(cache.set('plan', 'pro'))).rejects.toMatchObject({
      failed: [{ value: 'pro' }],
    });
    expect(await clock.until(cache.get('plan'))).toBe('free');
  });

  test('and a read under way while another writes through is not kept', async () => {
    const { cache, clock, store } = setUp(
      { maxPending: 1, whenFull: 'write-through', maxEntries: 1 },
      [['plan', 'free']],
    );
    await cache.set('other', 0);
    const writing = cache.set('plan', 'pro');
    await clock.advance(writeMs - readMs / 2);
    const reading = cache.get('plan');
    await clock.until(writing);
    expect(await clock.until(reading)).toBe('pro');
    expect(await clock.until(cache.get('plan'))).toBe('pro');
    expect(store.counts().reads).toBe(1);
  });

  test('and what a failed write through did is read from the store', async () => {
    const clock = new VirtualClock();
    const rows = new InMemoryStore<string, string>({ clock });
    const store: Store<string, string> = {
      read: (key) => rows.read(key),
      async write(batch) {
        await new Promise<void>((resolve) => clock.schedule(20, resolve));
        await rows.write(batch);
        throw new Error('the connection broke after the commit');
      },
    };
    const cache = new WriteBehindCache({
      store,
      clock,
      maxPending: 1,
      whenFull: 'write-through',
    });
    await cache.set('other', '');
    const writing = cache.set('plan', 'pro');
    expect(await cache.get('plan')).toBeUndefined();
    await expect(clock.until(writing)).rejects.toThrow('after the commit');
    expect(await cache.get('plan')).toBe('pro');
  });

  test('while what waits for the store is never dropped', async () => {
    const { cache, clock, store } = setUp({ maxEntries: 1 });
    const keys = Array.from({ length: 10 }, (_, index) => `user-${index}`);
    await fill(cache, keys);
    for (const key of keys) expect(await cache.get(key)).toBe(key);
    await clock.until(cache.flush());
    expect(store.entries()).toHaveLength(10);
  });

  test('and what was taken over is dropped like any other', async () => {
    const { cache, clock, store } = setUp({
      maxEntries: 1,
      onDeadLetter: () => {},
    });
    for (const key of ['a', 'b', 'c']) store.breakKey(key, permanent);
    await fill(cache, ['a', 'b', 'c']);
    await clock.until(cache.flush());
    await clock.until(cache.get('a'));
    expect(store.counts().reads).toBe(1);
  });

  test('and a key that is written through again and again is one', async () => {
    const { cache, clock, store } = setUp({
      maxPending: 1,
      whenFull: 'write-through',
      maxEntries: 2,
    });
    store.breakKey('waits');
    await cache.set('waits', 0);
    await clock.until(cache.get('plan'));
    for (const views of [1, 2, 3]) {
      await clock.until(cache.set('views', views));
    }
    const { reads } = store.counts();
    expect(await cache.get('plan')).toBeUndefined();
    expect(await cache.get('views')).toBe(3);
    expect(store.counts().reads).toBe(reads);
  });

  test('by dead letters that nobody takes, too', async () => {
    const { cache, clock, store } = setUp({
      maxPending: 1,
      whenFull: 'reject',
    });
    store.breakKey('a', permanent);
    await cache.set('a', 1);
    await clock.until(cache.flush());
    await expect(cache.set('b', 2)).rejects.toThrow(CacheFullError);
  });

  test('and the error has a name to look for in a log', async () => {
    const { cache } = setUp({ maxPending: 2, whenFull: 'reject' });
    await fill(cache, ['a', 'b']);
    expect(await cache.set('c', 'c').catch(String)).toBe(
      'CacheFullError: 2 keys wait for the store',
    );
  });
});

describe('P7: what is replaced is let go', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  // The engine may keep a few that nobody can reach, in a register or a cache of
  // its own: so many more are written than may stay.

  test('the values that keys have had', async () => {
    const maxEntries = 10;
    const cache = new WriteBehindCache<string, object>({
      store: { read: async () => undefined, write: async () => {} },
      maxEntries,
    });
    const values: WeakRef<object>[] = [];
    for (let score = 0; score < 300; score++) {
      const player = `player ${score % 3}`;
      values.push(await writeAndRead(cache, player, { score }));
    }
    // A weak reference holds on to its target until the job is over.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    const kept = values.filter((value) => value.deref() !== undefined);
    expect(kept.length).toBeLessThan(2 * maxEntries);
  });

  test('the keys whose writes have waited in line', async () => {
    const maxEntries = 10;
    const cache = new WriteBehindCache<object, number>({
      store: { read: async () => undefined, write: async () => {} },
      journal: new InMemoryJournal<object, number>(),
      maxEntries,
    });
    const keys: WeakRef<object>[] = [];
    for (let id = 0; id < 300; id++) keys.push(await writeNewKey(cache, id));
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    const kept = keys.filter((key) => key.deref() !== undefined);
    expect(kept.length).toBeLessThan(2 * maxEntries);
  });

  async function writeNewKey(
    cache: WriteBehindCache<object, number>,
    id: number,
  ) {
    const key = { id };
    await cache.set(key, id);
    await cache.flush();
    return new WeakRef(key);
  }

  async function writeAndRead(
    cache: WriteBehindCache<string, object>,
    key: string,
    value: object,
  ) {
    await cache.set(key, value);
    await cache.flush();
    await cache.get(key);
    return new WeakRef(value);
  }
});

describe('P8: what can never be written does not hold up the rest', () => {
  test('where the store names it', async () => {
    const { cache, clock, store, sizes } = setUp();
    store.breakKey('bad');
    await fill(cache, ['a', 'bad', 'b']);
    await clock.advance(1000 + writeMs);
    expect(store.entries()).toHaveLength(2);
    await clock.until(cache.flush());
    expect(cache.status('bad')).toBe('failed');
    expect(sizes()).toEqual([3, 1, 1, 1, 1]);
  });

  test('where the store fails the whole batch for it', async () => {
    const { clock, store } = setUp();
    const letters: DeadLetter<string, Value>[] = [];
    const cache = new WriteBehindCache<string, Value>({
      store: {
        read: (key) => store.read(key),
        async write(batch) {
          if (batch.some(({ key }) => key === 'bad')) throw new Error('22P05');
          await store.write(batch);
        },
      },
      clock,
      onDeadLetter: (letter) => void letters.push(letter),
    });
    const keys = Array.from({ length: 60 }, (_, index) => `user-${index}`);
    await fill(cache, [...keys, 'bad']);
    await clock.until(cache.flush());
    expect(letters.map(({ operation }) => operation.key)).toEqual(['bad']);
    expect(store.entries()).toHaveLength(60);
  });

  test('and is not tried again where the error is permanent', async () => {
    const letters: DeadLetter<string, Value>[] = [];
    const { cache, clock, store } = setUp({
      onDeadLetter: (letter) => void letters.push(letter),
    });
    store.breakKey('bad', permanent);
    await fill(cache, ['a', 'bad']);
    await clock.until(cache.flush());
    expect(letters).toMatchObject([{ attempts: 1 }]);
    expect(clock.now()).toBe(writeMs);
  });

  test('nor beside one that may pass, which is tried again', async () => {
    const letters: DeadLetter<string, Value>[] = [];
    const { cache, clock, store } = setUp({
      onDeadLetter: (letter) => void letters.push(letter),
    });
    store.breakKey('bad', permanent);
    store.breakKey('early', new Error('foreign key'));
    await fill(cache, ['bad', 'early']);
    const flushed = cache.flush();
    await clock.advance(writeMs);
    expect(letters).toMatchObject([
      { operation: { key: 'bad' }, attempts: 1, error: { permanent: false } },
    ]);
    store.mendKey('early');
    await clock.until(flushed);
    expect(store.entries()).toEqual([['early', 'early']]);
    expect(letters).toHaveLength(1);
  });

  test('and takes no neighbour along, if a batch fails permanently', async () => {
    const { cache, clock, store, sizes } = setUp();
    store.failNextWrites(permanent);
    await fill(cache, ['a', 'b', 'c']);
    await clock.until(cache.flush());
    expect(store.entries()).toHaveLength(3);
    expect(sizes()).toEqual([3, 1, 1, 1]);
  });

  test('also where there is one attempt only', async () => {
    const { cache, clock, store, sizes } = setUp({ retry: { attempts: 1 } });
    store.failNextWrites(new Error('deadlock'));
    await fill(cache, ['a', 'b', 'c', 'd']);
    await clock.until(cache.flush());
    expect(store.entries()).toHaveLength(4);
    expect(sizes()).toEqual([4, 1, 1, 1, 1]);
  });

  test('and no oftener, where the error names it first and nobody later', async () => {
    const { cache, clock, store, batches } = setUp({ retry: { attempts: 2 } });
    store.breakKey('a');
    store.breakKey('b');
    await fill(cache, ['a', 'b', 'c']);
    const flushed = cache.flush();
    await clock.advance(writeMs);
    store.failNextWrites(new Error('deadlock'), new Error('deadlock'));
    await clock.until(flushed);
    const keys = batches.map((batch) => batch.map(({ key }) => key).join(''));
    expect(keys).toEqual(['abc', 'a', 'b']);
    expect(cache.status('a')).toBe('failed');
    expect(cache.status('b')).toBe('failed');
    expect(cache.stats().deadLettered).toBe(2);
  });

  test('so halves of a failed batch follow, and single rows last', async () => {
    const { cache, clock, store, sizes } = setUp({ retry: { attempts: 3 } });
    const deadlock = new Error('deadlock');
    store.failNextWrites(deadlock, deadlock, deadlock);
    await fill(cache, [...'abcdefgh']);
    await clock.until(cache.flush());
    expect(store.entries()).toHaveLength(8);
    expect(sizes()).toEqual([8, 4, 4, ...Array(8).fill(1)]);
  });

  test('and is tried as often as the options say, ever more rarely', async () => {
    const attempts: number[] = [];
    const clock = new VirtualClock();
    const cache = new WriteBehindCache<string, string>({
      store: {
        read: async () => undefined,
        async write() {
          attempts.push(clock.now());
          throw new Error('down');
        },
      },
      clock,
      maxDelayMs: 0,
      retry: { attempts: 6, baseDelayMs: 100, maxDelayMs: 500 },
      random: () => 0.5,
    });
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    expect(attempts).toEqual([0, 50, 150, 350, 600, 850]);
    expect(cache.status('plan')).toBe('failed');
  });

  test('and a new operation has all its attempts', async () => {
    const { cache, clock, store } = setUp({ retry: { attempts: 2 } });
    const down = new Error('down');
    store.failNextWrites(down, down);
    await cache.set('plan', 'pro');
    await clock.advance(1000 + writeMs);
    await cache.set('plan', 'team');
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('team');
  });

  test('so the larger half is the first where they cannot be equal', async () => {
    const { cache, clock, store, sizes } = setUp();
    store.failNextWrites(new Error('deadlock'));
    await fill(cache, [...'abcde']);
    await clock.until(cache.flush());
    expect(sizes()).toEqual([5, 3, 2]);
  });

  test('and what the store names is tried together, alone at last', async () => {
    const { cache, clock, store, sizes } = setUp({ retry: { attempts: 4 } });
    store.breakKey('b');
    store.breakKey('c');
    await fill(cache, ['a', 'b', 'c']);
    await clock.until(cache.flush());
    expect(sizes()).toEqual([3, 2, 2, 1, 1]);
  });
});

describe('P9: without a journal, a crash loses what was not flushed', () => {
  test('that, and nothing else', async () => {
    const { cache, clock, store } = setUp();
    await cache.set('flushed', 1);
    await clock.until(cache.flush());
    await cache.set('pending', 2);
    // A crash: nobody calls the cache again, and its clock stands still.
    expect(store.entries()).toEqual([['flushed', 1]]);
    const restarted = setUp({}, store.entries());
    const { cache: next, clock: time } = restarted;
    expect(await time.until(next.get('flushed'))).toBe(1);
    expect(await time.until(next.get('pending'))).toBeUndefined();
  });
});

describe('P9: with a journal, what was acknowledged survives', () => {
  /** A cache, and the next one on the same journal and store. */
  function setUpWithJournal(
    options: Options = {},
    rows: readonly [string, Value][] = [],
  ) {
    const journal = new InMemoryJournal<string, Value>();
    const first = setUp({ journal, ...options }, rows);
    const { clock, store } = first;
    const restart = (more: Options = {}) =>
      new WriteBehindCache<string, Value>({ store, clock, journal, ...more });
    return { ...first, journal, restart };
  }

  test('a crash before the flush', async () => {
    const { cache, clock, store, restart } = setUpWithJournal({}, [['b', 1]]);
    await cache.set('a', 1);
    await cache.set('a', 2);
    await cache.delete('b');
    const next = restart();
    expect(await next.get('a')).toBe(2);
    expect(await next.get('b')).toBeUndefined();
    await clock.until(next.flush());
    expect(store.entries()).toEqual([['a', 2]]);
  });

  test('a crash after the store has it, and before the journal knows', async () => {
    const { cache, clock, store, journal, restart } = setUpWithJournal();
    await cache.set('a', 1);
    const left = journal.entries();
    await clock.until(cache.flush());
    await cache.set('a', 2);
    await clock.until(cache.flush());
    for (const operation of left) await journal.append(operation);
    await clock.until(restart().flush());
    expect(store.peek('a')).toBe(2);
  });

  test('and is followed by higher versions when the clock was put back', async () => {
    const { cache, clock, store, journal, restart } = setUpWithJournal();
    await cache.set('a', 1);
    await clock.until(cache.flush());
    expect(journal.entries()).toEqual([]);
    const behind: Clock = {
      now: () => clock.now() - 60_000,
      schedule: (delayMs, task) => clock.schedule(delayMs, task),
    };
    const next = restart({ clock: behind });
    await next.set('a', 2);
    await clock.until(next.flush());
    expect(store.peek('a')).toBe(2);
  });

  test('and is not acknowledged before the journal has it', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs: 3, clock });
    const store = new InMemoryStore<string, Value>();
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
    });
    const write = cache.set('a', 1);
    expect(await settlesAtOnce(clock, write)).toBe(false);
    expect(await cache.get('a')).toBeUndefined();
    await clock.until(write);
    expect(clock.now()).toBe(3);
    expect(await cache.get('a')).toBe(1);
  });

  test('and what the journal refuses, the caller hears, and nobody reads', async () => {
    const { cache, clock, store, journal } = setUpWithJournal();
    await cache.set('a', 1);
    journal.failNext(new Error('the disk is full'));
    await expect(cache.set('a', 2)).rejects.toThrow('the disk is full');
    expect(await cache.get('a')).toBe(1);
    await cache.set('a', 3);
    await clock.until(cache.flush());
    expect(store.peek('a')).toBe(3);
  });

  test('in the order of the calls, however slow the journal is', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs: 3, clock });
    const store = new InMemoryStore<string, Value>();
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
    });
    const writes = [cache.set('a', 1), cache.delete('a'), cache.set('a', 2)];
    await clock.until(Promise.all(writes));
    expect(journal.entries().map(({ type }) => type)).toEqual([
      'set',
      'delete',
      'set',
    ]);
    expect(await cache.get('a')).toBe(2);
  });

  test('and the line of one key moves on by one, whatever becomes of it', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs: 3, clock });
    const store = new InMemoryStore<string, Value>();
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
    });
    const nothing = new Error('nothing to change');
    const writes = [
      cache.set('a', 1),
      cache.update('a', () => {
        throw nothing;
      }),
      cache.set('a', 2),
      cache.set('a', 3),
    ];
    const outcomes = Promise.allSettled(writes);
    await clock.advance(0);
    journal.failNext(new Error('the disk is full'));
    expect((await clock.until(outcomes)).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(clock.now()).toBe(9);
    expect(await cache.get('a')).toBe(3);
  });

  test('and updates lose nothing while the journal is slow', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, number>({ appendMs: 3, clock });
    const store = new InMemoryStore<string, number>();
    const cache = new WriteBehindCache<string, number>({
      store,
      clock,
      journal,
    });
    const add = () => cache.update('views', (views = 0) => views + 1);
    await clock.until(Promise.all([add(), add(), add()]));
    expect(await cache.get('views')).toBe(3);
  });

  test('and is forgotten by the journal once the store has it', async () => {
    const { cache, clock, store, journal } = setUpWithJournal();
    await fill(cache, ['a', 'b']);
    store.breakKey('b');
    const flushed = cache.flush();
    await clock.advance(writeMs);
    expect(journal.entries().map(({ key }) => key)).toEqual(['b']);
    store.mendKey('b');
    await clock.until(flushed);
    expect(journal.entries()).toEqual([]);
  });

  test('and a newer write stays in the journal when the older is stored', async () => {
    const { cache, clock, journal } = setUpWithJournal();
    await cache.set('a', 1);
    const flushed = cache.flush();
    await cache.set('a', 2);
    await clock.until(flushed);
    expect(journal.entries()).toMatchObject([{ key: 'a', value: 2 }]);
  });

  test('and what the journal did not forget, it is told again', async () => {
    const { cache, clock, journal } = setUpWithJournal();
    await fill(cache, ['a']);
    journal.failNext(new Error('busy'));
    await clock.until(cache.flush());
    expect(cache.stats().unforgotten).toBe(1);
    await fill(cache, ['b']);
    await clock.until(cache.flush());
    await clock.advance(0);
    expect(cache.stats().unforgotten).toBe(0);
    expect(journal.entries()).toEqual([]);
  });

  test('until a dead letter is taken over, and no longer', async () => {
    const taken: Value[] = [];
    const { cache, clock, store, journal, restart } = setUpWithJournal();
    store.breakKey('a', permanent);
    await cache.set('a', 1);
    await clock.until(cache.flush());
    expect(cache.status('a')).toBe('failed');
    expect(journal.entries()).toHaveLength(1);
    const next = restart({
      onDeadLetter: ({ operation }) => {
        if (operation.type === 'set') taken.push(operation.value);
      },
    });
    await clock.until(next.flush());
    expect(taken).toEqual([1]);
    await clock.advance(0);
    expect(journal.entries()).toEqual([]);
  });

  test('what close had to abandon, too', async () => {
    const { cache, clock, store, restart } = setUpWithJournal();
    store.hang();
    await cache.set('a', 1);
    const { abandoned } = await clock.until(cache.close({ timeoutMs: 50 }));
    expect(abandoned).toHaveLength(1);
    store.recover();
    await clock.until(restart().flush());
    expect(store.peek('a')).toBe(1);
  });

  test('and close waits for what is on its way to the journal', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs: 3, clock });
    const store = new InMemoryStore<string, Value>({ writeMs, clock });
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
    });
    const write = cache.set('a', 1);
    await clock.advance(0);
    const report = await clock.until(cache.close());
    await write;
    expect(report).toMatchObject({ persisted: 1, abandoned: [] });
    expect(store.peek('a')).toBe(1);
    expect(journal.entries()).toEqual([]);
  });

  test('and a write that comes to the journal too late for close fails', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs: 9, clock });
    const store = new InMemoryStore<string, Value>();
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
    });
    const write = cache.set('a', 1);
    const failure = expect(write).rejects.toThrow(CacheClosedError);
    await clock.advance(0);
    await clock.until(cache.close({ timeoutMs: 5 }));
    await clock.advance(9);
    await failure;
  });

  test('and room for it is kept while the journal is slow', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs: 3, clock });
    const store = new InMemoryStore<string, Value>({ clock });
    store.hang();
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
      maxPending: 2,
      whenFull: 'reject',
    });
    const writes = Promise.allSettled([
      cache.set('a', 1),
      cache.set('b', 2),
      cache.set('c', 3),
    ]);
    const outcomes = await clock.until(writes);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(cache.stats().pending + cache.stats().writing).toBe(2);
  });

  test('and whoever waits for room comes in when the journal refuses', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs: 3, clock });
    const store = new InMemoryStore<string, Value>();
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
      maxPending: 1,
    });
    journal.failNext(new Error('the disk is full'));
    const first = expect(cache.set('a', 1)).rejects.toThrow('disk');
    await clock.until(cache.set('b', 2));
    await first;
    expect(await cache.get('b')).toBe(2);
  });

  test('and versions go on above those of the journal', async () => {
    const { clock, store, journal, restart } = setUpWithJournal();
    await clock.advance(5000);
    await restart().set('a', 1);
    const [operation] = journal.entries();
    const behind = new VirtualClock();
    const next = restart({ clock: behind });
    await next.set('a', 2);
    await Promise.all([next.flush(), clock.advance(1000)]);
    expect(operation?.version).toBeGreaterThan(5000 * 1000);
    expect(store.peek('a')).toBe(2);
  });

  test('and a journal that cannot be read fails every call', async () => {
    const { journal, restart } = setUpWithJournal();
    const corrupt = new Error('the journal is corrupt');
    journal.failNext(corrupt);
    const next = restart();
    await expect(next.get('a')).rejects.toBe(corrupt);
    await expect(next.set('a', 1)).rejects.toBe(corrupt);
    await expect(next.delete('a')).rejects.toBe(corrupt);
    await expect(next.update('a', () => 1)).rejects.toBe(corrupt);
    await expect(next.flush()).rejects.toBe(corrupt);
    await expect(next.close()).rejects.toBe(corrupt);
  });

  test('in the order of the calls, whichever step the next ones fall in', async () => {
    for (let jobs = 0; jobs < 12; jobs++) {
      const { cache, clock, journal } = setUpWithJournal();
      await clock.until(cache.flush());
      await Promise.all([
        cache.set('a', 0),
        afterJobs(jobs + 1, () => cache.set('a', 2)),
        afterJobs(jobs, () => cache.set('a', 1)),
      ]);
      expect(await cache.get('a')).toBe(2);
      expect(journal.entries()).toMatchObject([
        { value: 0 },
        { value: 1 },
        { value: 2 },
      ]);
    }
  });

  test('and in that order while the journal is replayed', async () => {
    for (let jobs = 0; jobs < 12; jobs++) {
      const { cache } = setUpWithJournal();
      await Promise.all([
        cache.set('a', 0),
        afterJobs(jobs, () => cache.set('a', 1)),
      ]);
      expect(await cache.get('a')).toBe(1);
    }
  });

  test('and an update does not lose its place to the next line', async () => {
    const { cache } = setUpWithJournal();
    await cache.set('views', 1);
    const updated = cache.update('views', (views) => Number(views) + 1);
    await cache.set('views', 10);
    expect(await updated).toBe(2);
    expect(await cache.get('views')).toBe(10);
  });

  test('and a restarted cache has later versions than its journal', async () => {
    const { clock, journal, restart } = setUpWithJournal();
    await clock.advance(5000);
    await restart().set('a', 1);
    await restart({ clock: new VirtualClock() }).set('a', 2);
    const [first, second] = journal.entries();
    expect(second?.version).toBeGreaterThan(Number(first?.version));
  });

  test('and a journal that cannot be read ends no process', async () => {
    const { clock, journal, restart } = setUpWithJournal();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    journal.failNext(new Error('the journal is corrupt'));
    restart();
    await clock.advance(0);
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test('and a write that comes too late for close is told so', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs: 9, clock });
    const store = new InMemoryStore<string, Value>({ clock });
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
    });
    const write = cache.set('a', 1).catch(String);
    await clock.advance(0);
    await clock.until(cache.close({ timeoutMs: 5 }));
    await clock.advance(9);
    expect(await write).toBe('CacheClosedError: it is closed');
  });

  /** A cache over a journal that forgets slowly, and what that is told. */
  function setUpSlowToForget() {
    const memory = new InMemoryJournal<string, Value>();
    const told: (readonly Settled<string>[])[] = [];
    const journal: Journal<string, Value> = {
      append: (operation) => memory.append(operation),
      replay: () => memory.replay(),
      lastVersion: () => memory.lastVersion(),
      async settle(operations) {
        told.push(operations);
        await sleep(parts.clock, 5 * writeMs);
        await memory.settle(operations);
      },
    };
    const parts = setUp({ journal });
    return { ...parts, memory, told };
  }

  test('and the journal is told by one call at a time', async () => {
    const { cache, clock, told } = setUpSlowToForget();
    for (const key of ['a', 'b', 'c']) {
      await cache.set(key, 1);
      await clock.until(cache.flush());
    }
    await clock.advance(1000);
    expect(told).toMatchObject([[{ key: 'a' }], [{ key: 'b' }, { key: 'c' }]]);
  });

  test('and what is stored while the journal forgets is forgotten next', async () => {
    const { cache, clock, memory } = setUpSlowToForget();
    await cache.set('a', 1);
    await clock.until(cache.flush());
    await cache.set('a', 2);
    await clock.until(cache.flush());
    await clock.advance(1000);
    expect(memory.entries()).toEqual([]);
    expect(cache.stats().unforgotten).toBe(0);
  });

  test('and close waits until the journal has forgotten', async () => {
    const { cache, clock, memory } = setUpSlowToForget();
    await cache.set('a', 1);
    await clock.until(cache.close());
    expect(memory.entries()).toEqual([]);
  });
});

describe('P9: whatever the journal does', () => {
  function setUpJournal(options: Options = {}, appendMs = 0) {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs, clock });
    const store = new InMemoryStore<string, Value>({ writeMs, clock });
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
      ...options,
    });
    return { cache, clock, journal, store };
  }

  test('a write that went through is not undone by a replay', async () => {
    const clock = new VirtualClock();
    const store = new InMemoryStore<string, Value>();
    const journal = new InMemoryJournal<string, Value>();
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
      maxPending: 1,
      whenFull: 'write-through',
    });
    await cache.set('a', 1);
    journal.settle = () => Promise.reject(new Error('busy'));
    await clock.until(cache.flush());
    await cache.set('b', 1);
    await cache.set('a', 2);
    expect(store.peek('a')).toBe(2);

    const next = new WriteBehindCache<string, Value>({ store, clock, journal });
    expect(await next.get('a')).toBe(2);
    await clock.until(next.flush());
    expect(await next.get('a')).toBe(2);
    expect(store.peek('a')).toBe(2);
  });

  test('a journal that throws where it should reject is told again', async () => {
    const { cache, clock, journal } = setUpJournal();
    const settle = journal.settle.bind(journal);
    journal.settle = () => {
      journal.settle = settle;
      throw new Error('busy');
    };
    for (const key of ['a', 'b']) {
      await cache.set(key, 1);
      await clock.until(cache.flush());
    }
    await clock.advance(0);
    expect(cache.stats().unforgotten).toBe(0);
  });

  test('and whoever waits for room is told, however many they are', async () => {
    const { cache, clock, journal } = setUpJournal({ maxPending: 1 });
    await cache.set('first', 1);
    journal.append = () => {
      throw new Error('the disk is full');
    };
    const writes = Array.from({ length: 20_000 }, (_, index) =>
      cache.set(`key ${index}`, index),
    );
    const outcomes = await clock.until(Promise.allSettled(writes));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(
      new Set(['rejected']),
    );
  });

  test('the order of calls is that in which they are made during a replay', async () => {
    const { promise, resolve } = withResolver<readonly never[]>();
    const journal = new InMemoryJournal<string, Value>();
    journal.replay = () => promise;
    const { cache } = setUp({ journal });
    const first = cache.set('a', 1);
    const second = promise.then(() => cache.set('a', 2));
    resolve([]);
    await Promise.all([first, second]);
    expect(await cache.get('a')).toBe(2);
  });

  test('a replay out of order ends with the newest', async () => {
    const journal = new InMemoryJournal<string, Value>();
    await journal.append({ type: 'set', key: 'a', value: 2, version: 12 });
    await journal.append({ type: 'set', key: 'a', value: 1, version: 11 });
    const { cache } = setUp({ journal });
    expect(await cache.get('a')).toBe(2);
  });

  test('a flush does not wait for what is still on its way to it', async () => {
    const { cache, clock } = setUpJournal({ maxDelayMs: 100_000 }, 3);
    await clock.until(cache.set('a', 1));
    void cache.flush();
    await clock.advance(0);
    void cache.set('a', 2);
    await clock.advance(0);
    const begin = clock.now();
    await clock.until(cache.flush());
    expect(clock.now() - begin).toBe(writeMs);
  });

  test('close stores what arrives there while another key hangs', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, Value>({ appendMs: 3, clock });
    const rows = new InMemoryStore<string, Value>({ clock });
    const store: Store<string, Value> = {
      read: (key) => rows.read(key),
      write: (batch) =>
        batch.some(({ key }) => key === 'hung')
          ? new Promise(() => {})
          : rows.write(batch),
    };
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      journal,
      maxDelayMs: 5000,
    });
    await clock.until(cache.set('hung', 1));
    const write = cache.set('late', 1);
    await clock.advance(0);
    const closed = cache.close({ timeoutMs: 1000 });
    const { abandoned } = await clock.until(closed);
    await write;
    expect(abandoned.map(({ key }) => key)).toEqual(['hung']);
    expect(clock.isIdle).toBe(true);
  });

  test('a replay does not change what the journal returns', async () => {
    const journal = new InMemoryJournal<string, Value>();
    const frozen = Object.freeze([
      { type: 'set', key: 'a', value: 1, version: 11 } as const,
      { type: 'set', key: 'b', value: 2, version: 12 } as const,
    ]);
    journal.replay = async () => frozen;
    const { cache } = setUp({ journal });
    expect(await cache.get('b')).toBe(2);
  });

  test('a journal that cannot be read fails those in line, too', async () => {
    const broken = new InMemoryJournal<string, Value>();
    broken.failNext(new Error('the journal is corrupt'));
    const { cache } = setUpJournal({ journal: broken });
    const writes = [cache.set('a', 1), cache.set('a', 2), cache.delete('a')];
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.map(({ status }) => status)).toEqual(
      Array(3).fill('rejected'),
    );
    expect(broken.entries()).toEqual([]);
  });

  test('a write goes through once the journal has it, and not before', async () => {
    const { cache, clock, journal, store } = setUpJournal({
      maxPending: 1,
      whenFull: 'write-through',
    });
    await cache.set('a', 1);
    journal.failNext(new Error('the disk is full'));
    await expect(cache.set('b', 2)).rejects.toThrow('the disk is full');
    await clock.until(cache.flush());
    expect(store.entries()).toEqual([['a', 1]]);
  });

  test('a write that went through is forgotten at once', async () => {
    const { cache, clock, journal, store } = setUpJournal({
      maxPending: 1,
      whenFull: 'write-through',
      retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
      random: () => 0.5,
    });
    store.breakKey('a');
    await cache.set('a', 1);
    await clock.until(cache.set('b', 2));
    await clock.advance(0);
    expect(journal.entries().map(({ key }) => key)).toEqual(['a']);
  });

  test('a write that comes there after the report goes no further', async () => {
    const { cache, clock, store } = setUpJournal(
      { maxPending: 1, whenFull: 'write-through' },
      9,
    );
    await clock.until(cache.set('a', 1));
    store.hang();
    const write = cache.set('b', 2).catch(String);
    await clock.until(cache.close({ timeoutMs: 5 }));
    store.recover();
    await clock.advance(1000);
    expect(await write).toBe('CacheClosedError: it is closed');
    expect(store.peek('b')).toBeUndefined();
  });

  /** From now on, what becomes of this key is never known. */
  function loseTrackOf(lost: string, journal: InMemoryJournal<string, Value>) {
    const append = journal.append.bind(journal);
    journal.append = (operation) =>
      operation.key === lost ? new Promise(() => {}) : append(operation);
  }

  test('close leaves no timer for what came while it hung', async () => {
    const { cache, clock, journal } = setUpJournal({ maxDelayMs: 5000 }, 3);
    loseTrackOf('lost', journal);
    void cache.set('lost', 1);
    const write = cache.set('a', 1);
    await clock.advance(0);
    await clock.until(cache.close({ timeoutMs: 1000 }));
    await write;
    expect(clock.isIdle).toBe(true);
  });

  test('and sets none for it when the store answers too late', async () => {
    const { cache, clock, journal, store } = setUpJournal(
      { maxDelayMs: 5000 },
      3,
    );
    await clock.until(cache.set('a', 1));
    store.hang();
    const flushed = expect(cache.flush()).rejects.toThrow(CacheClosedError);
    loseTrackOf('lost', journal);
    void cache.set('lost', 1);
    void cache.set('a', 2);
    await clock.advance(0);
    await clock.until(cache.close({ timeoutMs: 1000 }));
    await flushed;
    store.recover();
    await clock.advance(writeMs);
    expect(clock.isIdle).toBe(true);
  });
});

function withResolver<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('P10: close drains the cache', () => {
  test('of everything, in as many batches as it takes', async () => {
    const { cache, clock, store, sizes } = setUp({ maxBatchSize: 3 });
    await fill(cache, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    const report = await clock.until(cache.close());
    expect(report).toEqual({ persisted: 7, deadLettered: [], abandoned: [] });
    expect(store.entries()).toHaveLength(7);
    expect(sizes()).toEqual([3, 3, 1]);
  });

  test('and waits for what is under way', async () => {
    const { cache, clock, store } = setUp();
    await cache.set('plan', 'pro');
    void cache.flush();
    await cache.set('plan', 'team');
    const { persisted } = await clock.until(cache.close());
    expect(persisted).toBe(2);
    expect(store.peek('plan')).toBe('team');
  });

  test('and waits for those who write through', async () => {
    const { cache, clock, store } = setUp({
      maxPending: 1,
      whenFull: 'write-through',
      maxBatchSize: 1,
    });
    await cache.set('a', 1);
    await clock.advance(writeMs / 2);
    void cache.set('b', 2);
    await clock.until(cache.close());
    expect(store.peek('b')).toBe(2);
  });

  test('and refuses writes from then on', async () => {
    const { cache, clock } = setUp();
    await cache.set('plan', 'pro');
    const closed = cache.close();
    await expect(cache.set('plan', 'team')).rejects.toThrow(CacheClosedError);
    await expect(cache.delete('plan')).rejects.toThrow('it is closed');
    await expect(cache.update('plan', () => 'team')).rejects.toThrow(
      CacheClosedError,
    );
    await clock.until(closed);
    expect(await cache.get('plan')).toBe('pro');
  });

  test('and refuses the writes that wait for room', async () => {
    const { cache, clock, store } = setUp({ maxPending: 1 });
    store.hang();
    await cache.set('a', 1);
    const waiting = cache.set('b', 2);
    const closed = cache.close();
    await expect(waiting).rejects.toThrow(CacheClosedError);
    store.recover();
    await clock.until(closed);
    expect(store.entries()).toEqual([['a', 1]]);
  });

  test('once, whoever asks for it', async () => {
    const { cache, clock } = setUp();
    await cache.set('plan', 'pro');
    const reports = await clock.until(
      Promise.all([cache.close(), cache.close({ timeoutMs: 0 })]),
    );
    expect(reports[0]).toBe(reports[1]);
    expect(await cache.close()).toBe(reports[0]);
  });

  test('and tells what it had to leave when the time is over', async () => {
    const { cache, clock, store } = setUp();
    store.hang();
    await cache.set('plan', 'pro');
    await cache.delete('seat');
    const report = await clock.until(cache.close({ timeoutMs: 3000 }));
    expect(clock.now()).toBe(3000);
    expect(report).toMatchObject({
      persisted: 0,
      abandoned: [
        { type: 'set', key: 'plan', value: 'pro' },
        { type: 'delete', key: 'seat' },
      ],
    });
    expect(await cache.get('plan')).toBe('pro');
  });

  test('and sends nothing after its report', async () => {
    const { cache, clock, store, batches } = setUp({
      retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
    });
    const failover = new Error('failover');
    store.failNextWrites(failover, failover);
    await cache.set('seat', 1);
    await clock.advance(1000 + writeMs);
    store.hang();
    await cache.set('plan', 'pro');
    void cache.flush().catch(() => 'the cache closes before');
    await cache.set('plan', 'team');
    const { abandoned } = await clock.until(cache.close({ timeoutMs: 100 }));
    expect(abandoned).toMatchObject([{ value: 1 }, { value: 'team' }]);
    const sent = batches.length;
    store.recover();
    await clock.advance(1_000_000);
    expect(batches).toHaveLength(sent);
  });

  test('and gives nothing up after its report', async () => {
    const letters: DeadLetter<string, Value>[] = [];
    const { cache, clock, store } = setUp({
      onDeadLetter: (letter) => void letters.push(letter),
    });
    store.hang();
    store.breakKey('plan', permanent);
    await cache.set('plan', 'pro');
    await clock.until(cache.close({ timeoutMs: 100 }));
    store.recover();
    await clock.advance(1_000_000);
    expect(letters).toEqual([]);
  });

  test('and leaves no timer behind', async () => {
    const { cache, clock, store } = setUp();
    const deadlock = new Error('deadlock');
    store.failNextWrites(deadlock, deadlock);
    await cache.set('plan', 'pro');
    await clock.advance(1000 + writeMs);
    await clock.until(cache.close());
    expect(clock.isIdle).toBe(true);
  });

  test('and leaves no timer behind when the time is over', async () => {
    const { cache, clock, store } = setUp({
      retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
    });
    const failover = new Error('failover');
    store.failNextWrites(failover, failover);
    await cache.set('plan', 'pro');
    await clock.advance(1000 + writeMs);
    await clock.until(cache.close({ timeoutMs: 1000 }));
    expect(clock.isIdle).toBe(true);
  });

  test('and sets no timer when a late answer comes', async () => {
    const { cache, clock, store } = setUp({ maxDelayMs: 5000 });
    store.hang();
    await cache.set('a', 1);
    const flushed = expect(cache.flush()).rejects.toThrow(CacheClosedError);
    await cache.set('a', 2);
    await clock.until(cache.close({ timeoutMs: 1000 }));
    await flushed;
    store.recover();
    await clock.advance(writeMs);
    expect(clock.isIdle).toBe(true);
  });

  test('and tells a flush that it will not be done', async () => {
    const { cache, clock, store } = setUp();
    store.hang();
    await cache.set('plan', 'pro');
    const flushed = cache.flush();
    const refused = expect(flushed).rejects.toThrow(CacheClosedError);
    await clock.until(cache.close({ timeoutMs: 100 }));
    await refused;
    await expect(cache.flush()).rejects.toThrow(
      'it closed before all was stored',
    );
  });

  test('and tries what waits for a retry without delay', async () => {
    const { cache, clock, store } = setUp({
      retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
    });
    store.failNextWrites(new Error('failover'));
    await cache.set('plan', 'pro');
    await clock.advance(1000 + writeMs);
    await clock.until(cache.close({ timeoutMs: 1000 }));
    expect(store.peek('plan')).toBe('pro');
  });

  test('and tries it once, although its time comes as well', async () => {
    const { cache, clock, store, overlaps } = setUp();
    store.failNextWrites(new Error('failover'));
    await cache.set('plan', 'pro');
    await clock.advance(1000 + writeMs);
    store.hang();
    void cache.close({ timeoutMs: 1000 });
    await clock.advance(500);
    expect(overlaps).toEqual([]);
  });

  test('and tells what was given up meanwhile', async () => {
    const { cache, clock, store } = setUp({ onDeadLetter: () => {} });
    store.breakKey('bad');
    await fill(cache, ['a', 'bad']);
    const report = await clock.until(cache.close());
    expect(report).toMatchObject({
      persisted: 1,
      deadLettered: [{ operation: { key: 'bad' }, attempts: 5 }],
      abandoned: [],
    });
  });

  test('and does not wait for ever until a dead letter is taken', async () => {
    const { cache, clock, store } = setUp({
      onDeadLetter: () => new Promise(() => {}),
    });
    store.breakKey('bad', permanent);
    await cache.set('bad', 1);
    const report = await clock.until(cache.close({ timeoutMs: 500 }));
    expect(report.abandoned).toMatchObject([{ key: 'bad' }]);
  });

  test('and gives it 10 seconds where nobody says how many', async () => {
    const { cache, clock, store } = setUp();
    store.hang();
    await cache.set('plan', 'pro');
    await clock.until(cache.close());
    expect(clock.now()).toBe(10_000);
  });

  test('and the error has a name to look for in a log', async () => {
    const { cache, clock } = setUp();
    await clock.until(cache.close());
    expect(await cache.set('plan', 'pro').catch(String)).toBe(
      'CacheClosedError: it is closed',
    );
  });

  test('and does not count what was stored before', async () => {
    const { cache, clock } = setUp();
    await fill(cache, ['a', 'b']);
    await clock.until(cache.flush());
    await fill(cache, ['c']);
    const { persisted } = await clock.until(cache.close());
    expect(persisted).toBe(1);
  });

  test('and tells once what is being taken over when it begins', async () => {
    const { cache, clock, store } = setUp({
      onDeadLetter: () =>
        new Promise<void>((resolve) => clock.schedule(300, resolve)),
    });
    store.breakKey('bad', permanent);
    await cache.set('bad', 1);
    await clock.advance(1000 + writeMs);
    expect(cache.status('bad')).toBe('failed');
    const { deadLettered } = await clock.until(cache.close());
    expect(deadLettered).toHaveLength(1);
  });

  test('and does not list what was taken over before', async () => {
    const { cache, clock, store } = setUp({ onDeadLetter: () => {} });
    store.breakKey('bad', permanent);
    await cache.set('bad', 1);
    await clock.until(cache.flush());
    const { deadLettered } = await clock.until(cache.close());
    expect(deadLettered).toEqual([]);
  });

  test('and lists what is left in the order in which it began to wait', async () => {
    const { cache, clock, store } = setUp();
    store.hang();
    for (const key of ['a', 'b', 'a']) await cache.set(key, key);
    const { abandoned } = await clock.until(cache.close({ timeoutMs: 50 }));
    expect(abandoned.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test('and tries once more what nobody took before', async () => {
    const { cache, clock, store } = setUp();
    store.breakKey('a', permanent);
    store.breakKey('b', permanent);
    await fill(cache, ['a', 'b']);
    await clock.until(cache.flush());
    store.mendKey('a');
    const report = await clock.until(cache.close());
    expect(store.peek('a')).toBe('a');
    expect(report.persisted).toBe(1);
    expect(report.abandoned).toEqual([]);
    expect(report.deadLettered).toMatchObject([{ operation: { key: 'b' } }]);
  });

  test('and tells why nobody took a dead letter meanwhile', async () => {
    const { cache, clock, store } = setUp({
      onDeadLetter: () => Promise.reject(new Error('the table is full')),
    });
    store.breakKey('bad', permanent);
    await cache.set('bad', 1);
    const { deadLettered } = await clock.until(cache.close());
    expect(deadLettered[0]?.error).toMatchObject({
      message: 'onDeadLetter failed as well',
      errors: [{ permanent: true }, { message: 'the table is full' }],
    });
  });

  test('although a write through fails meanwhile', async () => {
    const { cache, clock, store } = setUp({
      maxPending: 1,
      whenFull: 'write-through',
    });
    store.breakKey('b');
    await cache.set('a', 1);
    const refused = expect(cache.set('b', 2)).rejects.toThrow();
    const { persisted } = await clock.until(cache.close());
    await refused;
    expect(persisted).toBe(1);
  });

  test('at whichever step of a write it begins', async () => {
    for (let jobs = 0; jobs < 12; jobs++) {
      const journal = new InMemoryJournal<string, Value>();
      const { cache, clock, store } = setUp({ journal });
      await clock.until(cache.flush());
      const writes = [1, 2, 3].map((count) => cache.set('views', count));
      const closed = afterJobs(jobs, () => cache.close());
      const outcomes = await Promise.allSettled(writes);
      const { abandoned } = await clock.until(closed);
      const accepted = outcomes.filter(({ status }) => status === 'fulfilled');
      expect(abandoned).toEqual([]);
      expect(store.peek('views')).toBe(accepted.length || undefined);
    }
  });

  test('and takes nothing from a journal that answers too late', async () => {
    const clock = new VirtualClock();
    const memory = new InMemoryJournal<string, Value>();
    await memory.append({ type: 'set', key: 'a', value: 1, version: 1 });
    const cache = new WriteBehindCache<string, Value>({
      store: new InMemoryStore<string, Value>({ clock }),
      clock,
      journal: {
        append: (operation) => memory.append(operation),
        settle: (operations) => memory.settle(operations),
        lastVersion: () => memory.lastVersion(),
        async replay() {
          await sleep(clock, 50);
          return memory.replay();
        },
      },
    });
    await clock.until(cache.close({ timeoutMs: 10 }));
    await clock.advance(50);
    expect(cache.stats().accepted).toBe(0);
    expect(clock.isIdle).toBe(true);
  });
});

describe('P11: a value is a value', () => {
  test.each([0, '', false, null])('%j is kept and stored', async (value) => {
    const { cache, clock, store } = setUp({ maxEntries: 1 });
    await cache.set('key', value);
    expect(await cache.get('key')).toBe(value);
    await clock.until(cache.flush());
    expect(store.entries()).toEqual([['key', value]]);
    expect(await cache.get('key')).toBe(value);
    await cache.set('other', 1);
    await clock.until(cache.flush());
    expect(await clock.until(cache.get('key'))).toBe(value);
  });
});

describe('P12: an acknowledgement does not wait for the store', () => {
  test('whatever the store does', async () => {
    const { cache, clock, store } = setUp({ maxBatchSize: 2 });
    store.hang();
    for (let count = 0; count < 10; count++) {
      const write = cache.set(`user-${count}`, count);
      expect(await settlesAtOnce(clock, write)).toBe(true);
    }
    expect(clock.now()).toBe(0);
  });

  test('nor for another promise job', async () => {
    const { cache } = setUp();
    const order: string[] = [];
    const write = cache.set('plan', 'pro').then(() => order.push('write'));
    const job = Promise.resolve().then(() => order.push('job'));
    await Promise.all([write, job]);
    expect(order).toEqual(['write', 'job']);
  });

  test('nor for the read of an update', async () => {
    const { cache, clock, store } = setUp();
    store.hang();
    const updated = cache.update('views', (views) => Number(views ?? 0) + 1);
    expect(await settlesAtOnce(clock, cache.set('views', 41))).toBe(true);
    store.recover();
    expect(await clock.until(updated)).toBe(42);
  });

  test('and a store that throws where it should reject does no harm', async () => {
    const { clock } = setUp();
    const cache = new WriteBehindCache<string, Value>({
      store: {
        read: async () => undefined,
        write() {
          throw new Error('not connected');
        },
      },
      clock,
      maxBatchSize: 1,
    });
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    expect(cache.status('plan')).toBe('failed');
  });
});

describe('a value', () => {
  interface Cart {
    items: string[];
  }

  function setUpCarts(options: Partial<WriteBehindOptions<string, Cart>> = {}) {
    const clock = new VirtualClock();
    const store = new InMemoryStore<string, Cart>({
      rows: [['stored', { items: ['tea'] }]],
    });
    const cache = new WriteBehindCache({ store, clock, ...options });
    return { cache, store };
  }

  test('is one object for the cache and its callers', async () => {
    const { cache, store } = setUpCarts();
    const cart = { items: ['tea'] };
    await cache.set('linh', cart);
    expect(await cache.get('linh')).toBe(cart);
    await cache.flush();
    expect(store.peek('linh')).toBe(cart);
    expect(await cache.update('linh', (same) => same ?? cart)).toBe(cart);
  });

  test('is the cache’s own where it copies, whoever changes theirs', async () => {
    const { cache, store } = setUpCarts({ copy: structuredClone });
    const given = { items: ['tea'] };
    await cache.set('linh', given);
    given.items.push('by the writer');
    (await cache.get('linh'))?.items.push('by a reader');
    let seen: Cart | undefined;
    const changed: Cart = { items: [] };
    const returned = await cache.update('linh', (current) => {
      seen = current;
      changed.items = [...(current?.items ?? []), 'milk'];
      return changed;
    });
    for (const cart of [seen, changed, returned]) cart?.items.push('by update');
    await cache.flush();
    expect(store.peek('linh')).toEqual({ items: ['tea', 'milk'] });
    expect(await cache.get('linh')).toEqual({ items: ['tea', 'milk'] });
  });

  test('is copied for each of those who load it together', async () => {
    const { cache } = setUpCarts({ copy: structuredClone });
    const [first, second] = await Promise.all([
      cache.get('stored'),
      cache.get('stored'),
    ]);
    first?.items.push('by the first');
    expect(second).toEqual({ items: ['tea'] });
    expect(await cache.get('stored')).toEqual({ items: ['tea'] });
  });

  test('that is absent is not copied', async () => {
    const { cache } = setUpCarts({
      copy() {
        throw new Error('there is nothing to copy');
      },
    });
    expect(await cache.get('nobody')).toBeUndefined();
  });
});

describe('an update', () => {
  const increment = (views: Value | undefined) => Number(views ?? 0) + 1;

  test('reads what it changes, once', async () => {
    const { cache, clock, store } = setUp({}, [['views', 41]]);
    const updates = Promise.all([
      cache.update('views', increment),
      cache.update('views', increment),
    ]);
    expect(await clock.until(updates)).toEqual([42, 43]);
    expect(store.counts().reads).toBe(1);
    await clock.until(cache.flush());
    expect(store.peek('views')).toBe(43);
  });

  test('is done before the next line where memory knows the value', async () => {
    const { cache } = setUp();
    await cache.set('views', 1);
    void cache.update('views', increment);
    void cache.set('views', 10);
    expect(await cache.get('views')).toBe(10);
  });

  test('loses none of many that wait for room', async () => {
    const { cache, clock, store } = setUp({ maxPending: 1, maxEntries: 1 });
    await cache.set('other', 0);
    const updates = ['a', 'b', 'a', 'b', 'a', 'b'].map((key) =>
      cache.update(key, increment),
    );
    await clock.until(Promise.all(updates));
    await clock.until(cache.flush());
    expect([store.peek('a'), store.peek('b')]).toEqual([3, 3]);
  });

  test('reads again what memory has dropped before its turn', async () => {
    const { cache, clock } = setUp({ maxPending: 1, maxEntries: 1 }, [
      ['views', 41],
    ]);
    await cache.set('other', 0);
    const updated = cache.update('views', increment);
    await clock.advance(readMs);
    await clock.advance(readMs);
    void cache.get('evicts it');
    expect(await clock.until(updated)).toBe(42);
  });

  test('loses none of many that write through', async () => {
    const { cache, clock, store } = setUp({
      maxPending: 1,
      maxEntries: 1,
      whenFull: 'write-through',
    });
    store.breakKey('other');
    await cache.set('other', 0);
    const updates = ['a', 'b', 'a', 'b', 'a', 'b'].map((key) =>
      cache.update(key, increment),
    );
    await clock.until(Promise.all(updates));
    expect([store.peek('a'), store.peek('b')]).toEqual([3, 3]);
  });

  test('comes after what its function writes itself', async () => {
    const { cache, clock, store } = setUp();
    const updated = cache.update('a', () => {
      void cache.set('a', 1);
      return 2;
    });
    await clock.until(updated);
    await clock.until(cache.flush());
    expect(store.peek('a')).toBe(2);
    expect(await cache.get('a')).toBe(2);
  });

  test('changes nothing where its function throws', async () => {
    const { cache, clock, store } = setUp({ maxPending: 1 });
    await cache.set('other', 0);
    const refused = cache.update('plan', () => {
      throw new Error('there is no such plan');
    });
    const next = cache.set('seat', 1);
    await expect(clock.until(refused)).rejects.toThrow('there is no such plan');
    await clock.until(next);
    await clock.until(cache.flush());
    expect(store.entries()).toEqual([
      ['other', 0],
      ['seat', 1],
    ]);
  });

  test('comes before the next line, which has the last word', async () => {
    const { cache, clock } = setUp();
    await cache.set('views', 1);
    const updated = cache.update('views', increment);
    await cache.set('views', 10);
    expect(await clock.until(updated)).toBe(2);
    expect(await cache.get('views')).toBe(10);
  });

  test('is a later version than what its function writes itself', async () => {
    const { cache, clock, batches } = setUp({ maxBatchSize: 1 });
    const updated = cache.update('a', () => {
      void cache.set('a', 1);
      return 2;
    });
    await clock.until(updated);
    await clock.until(cache.flush());
    const [inner, outer] = batches.flat();
    expect(outer?.version).toBeGreaterThan(Number(inner?.version));
  });
});

describe('the process', () => {
  function timersThatKeepIt(): number {
    return process
      .getActiveResourcesInfo()
      .filter((resource) => resource === 'Timeout').length;
  }

  test('is not kept by what waits for the store', async () => {
    const before = timersThatKeepIt();
    const { cache } = setUp({ clock: systemClock });
    await cache.set('a', 1);
    expect(timersThatKeepIt()).toBe(before);
    const closed = cache.close({ timeoutMs: 0 });
    expect(timersThatKeepIt()).toBeGreaterThan(before);
    await closed;
    expect(timersThatKeepIt()).toBe(before);
  });

  test('is kept by whoever waits for a flush, or for room', async () => {
    const before = timersThatKeepIt();
    const { cache, store } = setUp({ clock: systemClock, maxPending: 1 });
    store.hang();
    await cache.set('a', 1);
    const flushed = cache.flush().catch(() => {});
    expect(timersThatKeepIt()).toBe(before + 1);
    const held = cache.set('b', 1).catch(() => {});
    expect(timersThatKeepIt()).toBe(before + 2);
    await cache.close({ timeoutMs: 0 });
    await Promise.all([flushed, held]);
    expect(timersThatKeepIt()).toBe(before);
  });
});

describe('the status of a key', () => {
  test('follows its last operation', async () => {
    const { cache, clock } = setUp();
    expect(cache.status('plan')).toBe('clean');
    await cache.set('plan', 'pro');
    expect(cache.status('plan')).toBe('pending');
    const flushed = cache.flush();
    expect(cache.status('plan')).toBe('writing');
    await clock.until(flushed);
    expect(cache.status('plan')).toBe('clean');
  });
});

describe('the statistics', () => {
  test('say how often memory had the answer', async () => {
    const { cache, clock } = setUp({}, [['plan', 'free']]);
    await clock.until(cache.get('plan'));
    await cache.get('plan');
    await cache.get('plan');
    expect(cache.stats()).toMatchObject({ hits: 2, misses: 1 });
  });

  test('say how often the store was asked to write', async () => {
    const { cache, clock } = setUp({ maxBatchSize: 2 });
    expect(cache.stats().batches).toBe(0);
    await fill(cache, ['a', 'b', 'c']);
    await clock.until(cache.flush());
    expect(cache.stats().batches).toBe(2);
  });

  test('count what is written through as accepted and persisted', async () => {
    const { cache, clock } = setUp({
      maxPending: 1,
      whenFull: 'write-through',
    });
    await cache.set('a', 1);
    await clock.until(cache.set('b', 2));
    await clock.until(cache.flush());
    expect(cache.stats()).toMatchObject({ accepted: 2, persisted: 2 });
  });

  test('have nothing to forget where there is no journal', async () => {
    const { cache, clock } = setUp();
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    expect(cache.stats().unforgotten).toBe(0);
  });
});

describe('the options', () => {
  test('are as good as absent where they are undefined', async () => {
    const { clock, store } = setUp();
    const undefinedOptions: object = { random: undefined, retry: undefined };
    const cache = new WriteBehindCache<string, Value>({
      store,
      clock,
      ...undefinedOptions,
    });
    store.failNextWrites(new Error('connection reset'));
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    expect(store.peek('plan')).toBe('pro');
  });

  const store = new InMemoryStore<string, number>();

  test.each([
    [
      { maxBatchSize: 0 },
      'maxBatchSize: expected a whole number above 0, got 0',
    ],
    [
      { maxPending: 1.5 },
      'maxPending: expected a whole number above 0, got 1.5',
    ],
    [{ maxEntries: -1 }, 'maxEntries: expected a whole number above 0, got -1'],
    [
      { maxDelayMs: Number.NaN },
      'maxDelayMs: expected milliseconds from 0 to 2147483647, got NaN',
    ],
    [
      { retry: { attempts: 0 } },
      'retry.attempts: expected a whole number above 0, got 0',
    ],
    [
      { retry: { maxDelayMs: Infinity } },
      'retry.maxDelayMs: expected milliseconds from 0 to 2147483647, got Infinity',
    ],
    [
      JSON.parse('{ "whenFull": "drop" }'),
      'whenFull: expected one of wait, reject, write-through, got drop',
    ],
  ])('%j are refused', (options, message) => {
    expect(() => new WriteBehindCache({ store, ...options })).toThrow(message);
  });

  test('of close are checked before it closes', async () => {
    const cache = new WriteBehindCache<string, number>({ store });
    await expect(cache.close({ timeoutMs: -1 })).rejects.toThrow('timeoutMs');
    await cache.set('views', 1);
    await cache.close();
    expect(store.peek('views')).toBe(1);
  });

  test('are refused with an error that callers can tell', () => {
    expect(() => new WriteBehindCache({ store, maxBatchSize: 0 })).toThrow(
      RangeError,
    );
  });

  test('of time may be as long as a timer can be', () => {
    const maxDelayMs = 2 ** 31 - 1;
    expect(() => new WriteBehindCache({ store, maxDelayMs })).not.toThrow();
  });

  test('that are absent let 100 operations wait for company', async () => {
    const { cache, sizes } = setUp();
    for (let key = 1; key <= 99; key++) await cache.set(`user-${key}`, key);
    expect(sizes()).toEqual([]);
    await cache.set('user-100', 100);
    expect(sizes()).toEqual([100]);
  });

  test('that are absent let 10,000 keys wait for the store', async () => {
    const { cache, store } = setUp({ whenFull: 'reject' });
    store.hang();
    for (let key = 1; key <= 10_000; key++) await cache.set(`user-${key}`, key);
    await expect(cache.set('user-10001', 1)).rejects.toThrow(CacheFullError);
  });

  test('that are absent keep 10,000 keys for reads', async () => {
    const { cache, clock } = setUp();
    for (let key = 0; key < 10_000; key++) await cache.set(`user-${key}`, key);
    await clock.until(cache.flush());
    await cache.set('user-10000', 10_000);
    await clock.until(cache.flush());
    await cache.get('user-1');
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 0 });
    void cache.get('user-0');
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 1 });
  });

  test('that are absent put no retry off for more than 10 seconds', async () => {
    const attempts: number[] = [];
    const { cache, clock, store } = setUp({
      retry: { attempts: 12 },
      random: () => {
        attempts.push(clock.now());
        return 1;
      },
    });
    store.breakKey('plan');
    await cache.set('plan', 'pro');
    await clock.until(cache.flush());
    const gaps = attempts.map((at, index) => at - Number(attempts[index - 1]));
    expect(Math.max(...gaps.slice(1))).toBe(10_000 + writeMs);
  });
});
