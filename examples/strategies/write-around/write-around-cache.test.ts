import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import {
  InMemoryStore,
  type InMemoryStoreOptions,
} from '../../shared/in-memory-store.ts';
import type { Table } from '../../shared/table.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { lastCall } from '../cache-aside/races.ts';
import { WriteAroundCache } from './write-around-cache.ts';

const ttlMs = 60_000;
const leaseMs = 10_000;

function setUp<V = number>(options: InMemoryStoreOptions<string, V> = {}) {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, V>({ ...options, clock });
  const shared = new InMemoryCache<string, V>({ clock });
  const errors: unknown[] = [];
  const join = (itsTable: Table<string, V> = table) =>
    new WriteAroundCache<string, V>({
      table: itsTable,
      cache: shared,
      ttlMs,
      leaseMs,
      onCacheError: (error) => void errors.push(error),
      clock,
    });
  const die = () => join(lastCall(table));
  return { clock, table, shared, errors, join, die, cache: join() };
}

const lamp: InMemoryStoreOptions<string, number> = { rows: [['lamp', 40]] };

describe('a write', () => {
  test('is in the table when it is acknowledged', async () => {
    const { clock, table, cache } = setUp({ ...lamp, writeMs: 20 });
    await clock.until(cache.set('lamp', 30));
    expect(clock.now()).toBe(20);
    expect(table.row('lamp')).toEqual({ value: 30, version: 1 });
  });

  test('is one write of the table, and puts nothing into the cache', async () => {
    const { table, shared, cache } = setUp();
    await cache.set('lamp', 30);
    await cache.set('chair', 180);
    expect(table.counts().writes).toBe(2);
    expect(shared.counts()).toMatchObject({ sets: 0, removes: 2 });
  });

  test('makes the cache forget what it had', async () => {
    const { cache } = setUp(lamp);
    expect(await cache.get('lamp')).toBe(40);
    await cache.set('lamp', 30);
    expect(await cache.get('lamp')).toBe(30);
  });

  test('is seen by the other processes as soon as it is acknowledged', async () => {
    const { cache, join } = setUp(lamp);
    const other = join();
    expect(await other.get('lamp')).toBe(40);
    await cache.set('lamp', 30);
    expect(await other.get('lamp')).toBe(30);
  });

  test('of nothing is a delete, which reads find at once', async () => {
    const { table, cache } = setUp(lamp);
    expect(await cache.get('lamp')).toBe(40);
    await cache.delete('lamp');
    expect(await cache.get('lamp')).toBeUndefined();
    expect(table.peek('lamp')).toBeUndefined();
  });
});

describe('an invalidation', () => {
  test('is for a row that somebody else has written', async () => {
    const { table, cache } = setUp(lamp);
    await cache.get('lamp');
    table.commit({ type: 'set', key: 'lamp', value: 30, version: 0 });
    expect(await cache.get('lamp')).toBe(40);
    await cache.invalidate('lamp');
    expect(await cache.get('lamp')).toBe(30);
  });

  test('ends the lease of a read from before', async () => {
    const { clock, table, cache } = setUp({ ...lamp, readMs: 5 });
    const early = cache.get('lamp');
    await clock.advance(1);
    table.commit({ type: 'set', key: 'lamp', value: 30, version: 0 });
    await cache.invalidate('lamp');
    expect(await clock.until(early)).toBe(40);
    expect(await clock.until(cache.get('lamp'))).toBe(30);
  });
});

describe('a read', () => {
  test('reads the table once, and then the cache until the row expires', async () => {
    const { clock, table, cache } = setUp(lamp);
    expect(await cache.get('lamp')).toBe(40);
    await clock.advance(ttlMs - 1);
    expect(await cache.get('lamp')).toBe(40);
    expect(table.counts().reads).toBe(1);
    await clock.advance(1);
    expect(await cache.get('lamp')).toBe(40);
    expect(table.counts().reads).toBe(2);
  });

  test('misses once after a write', async () => {
    const { table, shared, cache } = setUp();
    await cache.set('lamp', 30);
    expect(await cache.get('lamp')).toBe(30);
    expect(await cache.get('lamp')).toBe(30);
    expect(table.counts().reads).toBe(1);
    expect(shared.counts()).toMatchObject({ gets: 2, hits: 1, sets: 1 });
  });

  test('remembers that there is nothing', async () => {
    const { table, cache } = setUp();
    expect(await cache.get('lamp')).toBeUndefined();
    expect(await cache.get('lamp')).toBeUndefined();
    expect(table.counts().reads).toBe(1);
    await cache.set('lamp', 30);
    expect(await cache.get('lamp')).toBe(30);
  });

  test.each([0, '', false, null])('finds %j in the cache', async (value) => {
    const { table, cache } = setUp<unknown>();
    await cache.set('lamp', value);
    expect(await cache.get('lamp')).toBe(value);
    expect(await cache.get('lamp')).toBe(value);
    expect(table.counts().reads).toBe(1);
  });
});

describe('a read that is under way during a write', () => {
  test('between the write and its commit does not keep the old row', async () => {
    const timing = { readMs: 5, writeMs: 20 };
    const { clock, cache } = setUp({ ...lamp, ...timing });
    const write = cache.set('lamp', 30);
    await clock.advance(1);
    const read = cache.get('lamp');
    await clock.until(write);
    expect(await read).toBe(40);
    expect(await clock.until(cache.get('lamp'))).toBe(30);
  });

  test('for longer than the write does not keep the old row', async () => {
    const timing = { readMs: 50, writeMs: 20 };
    const { clock, shared, cache } = setUp({ ...lamp, ...timing });
    const read = cache.get('lamp');
    await clock.until(cache.set('lamp', 30));
    expect(await clock.until(read)).toBe(40);
    expect(shared.peek('lamp')).toBeUndefined();
    expect(await clock.until(cache.get('lamp'))).toBe(30);
  });

  test('for longer than a delete does not bring the row back', async () => {
    const timing = { readMs: 50, writeMs: 20 };
    const { clock, cache } = setUp({ ...lamp, ...timing });
    const read = cache.get('lamp');
    await clock.until(cache.delete('lamp'));
    expect(await clock.until(read)).toBe(40);
    expect(await clock.until(cache.get('lamp'))).toBeUndefined();
  });

  test('in another process does not keep the old row', async () => {
    const timing = { readMs: 50, writeMs: 20 };
    const { clock, cache, join } = setUp({ ...lamp, ...timing });
    const other = join();
    const read = other.get('lamp');
    await clock.until(cache.set('lamp', 30));
    await clock.until(read);
    expect(await clock.until(other.get('lamp'))).toBe(30);
  });

  test('keeps the new row where it began after the commit', async () => {
    const { clock, shared, cache } = setUp({ ...lamp, readMs: 5, writeMs: 20 });
    await clock.until(cache.set('lamp', 30));
    expect(await clock.until(cache.get('lamp'))).toBe(30);
    expect(shared.peek('lamp')).toEqual({ value: 30, version: 1 });
  });
});

describe('when the database is down', () => {
  const down = new Error('connection refused');

  test('a write fails', async () => {
    const { table, cache } = setUp(lamp);
    table.failNextWrites(down);
    await expect(cache.set('lamp', 30)).rejects.toBe(down);
    expect(table.peek('lamp')).toBe(40);
  });

  test('reads find what is cached, and fail for the rest', async () => {
    const { table, cache } = setUp(lamp);
    await cache.get('lamp');
    table.failNextReads(down);
    expect(await cache.get('lamp')).toBe(40);
    await expect(cache.get('chair')).rejects.toBe(down);
  });

  test('a read of a key whose write failed fails until it is back', async () => {
    const { table, cache } = setUp(lamp);
    await cache.get('lamp');
    table.failNextWrites(down);
    table.failNextReads(down);
    await expect(cache.set('lamp', 30)).rejects.toBe(down);
    await expect(cache.get('lamp')).rejects.toBe(down);
    expect(await cache.get('lamp')).toBe(40);
  });

  test('a write that was committed without an answer is read', async () => {
    const { table, cache } = setUp(lamp);
    await cache.get('lamp');
    table.loseNextAnswers(down);
    await expect(cache.set('lamp', 30)).rejects.toBe(down);
    expect(await cache.get('lamp')).toBe(30);
  });

  test('a commit after its error is read when the old row expires', async () => {
    const { clock, table, cache } = setUp(lamp);
    table.failNextWrites(down);
    await expect(cache.set('lamp', 30)).rejects.toBe(down);
    expect(await cache.get('lamp')).toBe(40);
    table.commit({ type: 'set', key: 'lamp', value: 30, version: 0 });
    await clock.advance(ttlMs - 1);
    expect(await cache.get('lamp')).toBe(40);
    await clock.advance(1);
    expect(await cache.get('lamp')).toBe(30);
  });
});

describe('when the cache fails', () => {
  test('reads and writes go on without it, and each error is told', async () => {
    const { shared, errors, cache } = setUp(lamp);
    const error = new Error('the cache is down');
    shared.breakDown(error);
    await cache.set('lamp', 30);
    expect(await cache.get('lamp')).toBe(30);
    await cache.delete('lamp');
    expect(await cache.get('lamp')).toBeUndefined();
    expect(errors).toEqual([error, error, error, error]);
  });

  test('a cache that hangs costs its timeout, a call', async () => {
    const { clock, shared, errors, cache } = setUp(lamp);
    shared.hang();
    await clock.until(cache.set('lamp', 30));
    expect(clock.now()).toBe(50);
    expect(await clock.until(cache.get('lamp'))).toBe(30);
    expect(clock.now()).toBe(100);
    expect(errors.map(String)).toEqual([
      'TimeoutError: no answer within 50 ms',
      'TimeoutError: no answer within 50 ms',
    ]);
  });

  test('a cache that comes back empty is filled by reads', async () => {
    const { table, shared, cache } = setUp(lamp);
    await cache.get('lamp');
    shared.clear();
    expect(await cache.get('lamp')).toBe(40);
    expect(await cache.get('lamp')).toBe(40);
    expect(table.counts().reads).toBe(2);
  });
});

test('a cache that comes back older is believed until that expires', async () => {
  const { clock, table, shared, errors, cache } = setUp(lamp);
  await cache.get('lamp');
  const older = table.row('lamp');
  await cache.set('lamp', 30);
  shared.clear();
  await shared.put('lamp', older, ttlMs);
  await clock.advance(ttlMs - 1);
  expect(await cache.get('lamp')).toBe(40);
  await clock.advance(1);
  expect(await cache.get('lamp')).toBe(30);
  expect(errors).toEqual([]);
});

// #region bound
describe('when the cache cannot be told of a write', () => {
  test('reads find the old row until it expires, and no longer', async () => {
    const { clock, shared, cache } = setUp(lamp);
    expect(await cache.get('lamp')).toBe(40);

    shared.failNext(new Error('connection reset'));
    await cache.set('lamp', 30);

    await clock.advance(ttlMs - 1);
    expect(await cache.get('lamp')).toBe(40);
    await clock.advance(1);
    expect(await cache.get('lamp')).toBe(30);
  });

  test('reads find it no longer, however slowly one brought it', async () => {
    const { clock, shared, cache } = setUp({ ...lamp, readMs: leaseMs - 1 });
    const read = cache.get('lamp');
    await clock.advance(0);
    shared.failNext(new Error('connection reset'));
    await cache.set('lamp', 30);
    await clock.until(read);

    await clock.advance(ttlMs - 1 - clock.now());
    expect(await cache.get('lamp')).toBe(40);
    await clock.advance(1);
    expect(await clock.until(cache.get('lamp'))).toBe(30);
  });

  test('since its process died, reads find the old row as long', async () => {
    const { clock, table, cache, die } = setUp(lamp);
    expect(await cache.get('lamp')).toBe(40);
    void die().set('lamp', 30);
    await clock.advance(ttlMs - 1);
    expect(table.peek('lamp')).toBe(30);
    expect(await cache.get('lamp')).toBe(40);
    await clock.advance(1);
    expect(await cache.get('lamp')).toBe(30);
  });
});
// #endregion bound

describe('close', () => {
  test('refuses writes, and reads go on', async () => {
    const { table, cache } = setUp(lamp);
    await cache.close();
    await expect(cache.set('lamp', 30)).rejects.toThrow(CacheClosedError);
    await expect(cache.delete('lamp')).rejects.toThrow('it is closed');
    expect(table.counts().writes).toBe(0);
    expect(await cache.get('lamp')).toBe(40);
  });

  test('waits for the writes under way, to the end of their removals', async () => {
    const { clock, table, shared, cache } = setUp({ ...lamp, writeMs: 20 });
    await cache.get('lamp');
    const write = cache.set('lamp', 30);
    const closed = Promise.all([cache.close(), cache.close()]);
    await clock.until(closed);
    expect(clock.now()).toBe(20);
    expect(table.peek('lamp')).toBe(30);
    expect(shared.peek('lamp')).toBeUndefined();
    await write;
  });

  test('does not fail with a write under way', async () => {
    const { table, cache } = setUp();
    table.failNextWrites(new Error('connection refused'));
    const write = expect(cache.set('lamp', 30)).rejects.toThrow('refused');
    await cache.close();
    await write;
  });
});

test.each([
  ['ttlMs', -1],
  ['leaseMs', Number.NaN],
  ['cacheTimeoutMs', Infinity],
])('%s may not be %d', (name, value) => {
  const parts = {
    table: new InMemoryStore(),
    cache: new InMemoryCache(),
    onCacheError: () => {},
  };
  expect(() => new WriteAroundCache({ ...parts, [name]: value })).toThrow(
    new RangeError(
      `${name}: expected milliseconds from 0 to 2147483647, got ${value}`,
    ),
  );
});
