import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  isPartialWriteError,
  type Operation,
  PartialWriteError,
  type Store,
} from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { isolatePoison } from './isolate-poison.ts';

function coded(code: string): Error {
  return Object.assign(new Error(`failed with ${code}`), { code });
}

/** Like a statement: one bad row, and nothing of the batch is stored. */
class Statements implements Store<string, number> {
  readonly rows = new InMemoryStore<string, number>();
  readonly bad = new Map<string, Error>();
  /** What the next writes end with, beside all rows. */
  readonly outages: (Error | undefined)[] = [];
  readonly sizes: number[] = [];

  read(key: string): Promise<number | undefined> {
    return this.rows.read(key);
  }

  async write(batch: readonly Operation<string, number>[]): Promise<void> {
    this.sizes.push(batch.length);
    const outage = this.outages.shift();
    if (outage !== undefined) throw outage;
    for (const { key } of batch) {
      const error = this.bad.get(key);
      if (error !== undefined) throw error;
    }
    await this.rows.write(batch);
  }
}

function operations(count: number): Operation<string, number>[] {
  return Array.from({ length: count }, (_, index) => {
    const key = `user-${index}`;
    return { type: 'set', key, value: index, version: index + 1 };
  });
}

async function failureOf(
  store: Store<string, number>,
  batch: readonly Operation<string, number>[],
): Promise<unknown> {
  return isolatePoison(store)
    .write(batch)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
}

test('a batch that nobody objects to is one statement', async () => {
  const store = new Statements();
  expect(await failureOf(store, operations(100))).toBeUndefined();
  expect(store.sizes).toEqual([100]);
  expect(store.rows.entries()).toHaveLength(100);
});

test('one bad row is found in a few statements, and the others are stored', async () => {
  const store = new Statements();
  const batch = operations(100);
  const tooLong = coded('22001');
  store.bad.set('user-42', tooLong);
  expect(await failureOf(store, batch)).toMatchObject({
    name: 'PartialWriteError',
    failed: [batch[42]],
    permanent: true,
    cause: tooLong,
  });
  expect(store.rows.entries()).toHaveLength(99);
  expect(store.sizes.length).toBeLessThanOrEqual(1 + 2 * 7);
});

test('whichever rows are bad, they are named, and all others are stored', async () => {
  const size = 24;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: size }),
      fc.uniqueArray(fc.nat(size - 1), { maxLength: size }),
      async (count, indices) => {
        const store = new Statements();
        const batch = operations(count);
        const bad = batch.filter((_, index) => indices.includes(index));
        for (const { key } of bad) store.bad.set(key, coded('23514'));
        const failure = await failureOf(store, batch);
        const failed = isPartialWriteError(failure) ? failure.failed : [];
        expect(failed).toEqual(bad);
        expect(failure === undefined).toBe(bad.length === 0);
        const stored = new Map(store.rows.entries());
        for (const operation of batch) {
          expect(stored.has(operation.key)).toBe(!bad.includes(operation));
        }
        const deepest = Math.ceil(Math.log2(count));
        expect(store.sizes.length).toBeLessThanOrEqual(
          Math.min(2 * count - 1, 1 + 2 * deepest * bad.length),
        );
      },
    ),
  );
});

test('of several bad rows, each has its reason', async () => {
  const store = new Statements();
  store.bad.set('user-1', coded('22001'));
  store.bad.set('user-6', coded('23505'));
  expect(await failureOf(store, operations(8))).toMatchObject({
    failed: [{ key: 'user-1' }, { key: 'user-6' }],
    // The second may pass when another row has left its place.
    hopeless: [{ key: 'user-1' }],
    permanent: false,
    cause: { errors: [{ code: '22001' }, { code: '23505' }] },
  });
});

describe('no row is to blame, and nothing is halved, where', () => {
  test.each([
    ['08006', 'the connection was lost'],
    ['40P01', 'there was a deadlock'],
    ['53300', 'there are too many connections'],
    ['57P03', 'the server starts'],
    ['ECONNREFUSED', 'nobody listens'],
    ['42P01', 'there is no such table'],
    ['28P01', 'the password is wrong'],
  ])('%s: %s', async (code) => {
    const store = new Statements();
    const batch = operations(8);
    const cause = coded(code);
    store.outages.push(cause);
    const failure = { failed: batch, permanent: false, cause };
    expect(await failureOf(store, batch)).toMatchObject(failure);
    expect(store.sizes).toEqual([8]);
  });
});

test.each([
  ['the server', coded('57014')],
  ['who waits for a lock', coded('55P03')],
  ['the driver', new Error('Query read timeout')],
])(
  'a batch that took too long for %s is named by nobody, so that it comes in parts',
  async (_, tooLong) => {
    const store = new Statements();
    store.outages.push(tooLong);
    expect(await failureOf(store, operations(8))).toBe(tooLong);
    expect(store.sizes).toEqual([8]);
  },
);

test('an outage in the midst ends it, with all that is not known to be stored', async () => {
  const store = new Statements();
  const batch = operations(8);
  store.bad.set('user-1', coded('22001'));
  // 8, 4, 2, 1, 1, 2: the right half of the left half is not stored.
  const outage = coded('57P01');
  store.outages.push(...Array.from({ length: 5 }, () => undefined), outage);
  expect(await failureOf(store, batch)).toMatchObject({
    failed: [batch[1], ...batch.slice(2)],
    permanent: false,
    cause: outage,
  });
  expect(store.sizes).toEqual([8, 4, 2, 1, 1, 2]);
  expect(store.rows.entries()).toEqual([['user-0', 0]]);
});

test('a store that knows which rows failed is not asked again', async () => {
  const store = new Statements();
  const batch = operations(4);
  const cause = coded('22001');
  const failed = batch.slice(0, 2);
  const hopeless = batch.slice(1, 2);
  store.outages.push(new PartialWriteError(failed, { cause, hopeless }));
  expect(await failureOf(store, batch)).toMatchObject({
    failed,
    hopeless,
    permanent: false,
  });
  expect(store.sizes).toEqual([4]);
});

test('a store may take apart what it is given', async () => {
  const store = new Statements();
  store.bad.set('user-1', coded('22001'));
  const greedy: Store<string, number> = {
    read: (key) => store.read(key),
    write: (batch) => {
      const taken = (batch as Operation<string, number>[]).splice(0);
      return store.write(taken);
    },
  };
  await failureOf(greedy, operations(4));
  expect(store.rows.entries()).toHaveLength(3);
});

test('reads go to the store', async () => {
  const store = isolatePoison(new InMemoryStore({ rows: [['lamp', 0]] }));
  expect(await store.read('lamp')).toBe(0);
});

test('in front of it, a cache gives up the bad row at once, and no other', async () => {
  const clock = new VirtualClock();
  const store = new Statements();
  const letters: string[] = [];
  const cache = new WriteBehindCache({
    store: isolatePoison(store),
    clock,
    onDeadLetter: ({ operation, attempts }) => {
      letters.push(`${operation.key}: ${attempts}`);
    },
  });
  store.bad.set('user-3', coded('22P05'));
  for (const { key } of operations(10)) await cache.set(key, 1);
  await clock.until(cache.flush());
  expect(letters).toEqual(['user-3: 1']);
  expect(store.rows.entries()).toHaveLength(9);
});

test('in front of it, a cache sends a batch as it was when an outage is over', async () => {
  const clock = new VirtualClock();
  const store = new Statements();
  const cache = new WriteBehindCache({
    store: isolatePoison(store),
    clock,
    retry: { attempts: 20 },
  });
  store.outages.push(...Array.from({ length: 12 }, () => coded('08006')));
  for (const { key } of operations(100)) await cache.set(key, 1);
  await clock.until(cache.flush());
  expect(store.sizes).toEqual(Array.from({ length: 13 }, () => 100));
  expect(store.rows.entries()).toHaveLength(100);
});

test('in front of it, a cache does not give up a row that has met its own earlier statement', async () => {
  const clock = new VirtualClock();
  const store = new Statements();
  const letters: unknown[] = [];
  const cache = new WriteBehindCache({
    store: isolatePoison(store),
    clock,
    onDeadLetter: (letter) => {
      letters.push(letter);
    },
  });
  // Of two that insert one row, the later one clashes in a unique column.
  store.outages.push(coded('08006'), coded('23505'));
  await cache.set('user-1', 1);
  await clock.until(cache.flush());
  expect(store.sizes).toEqual([1, 1, 1]);
  expect(store.rows.entries()).toEqual([['user-1', 1]]);
  expect(letters).toEqual([]);
});
