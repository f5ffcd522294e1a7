import { describe, expect, test } from 'vitest';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { CachedStore, type CachedStoreOptions } from './cached-store.ts';

type Rows = InMemoryStore<string, string>;

function setUp(options: Partial<CachedStoreOptions<string>> = {}) {
  const clock = new VirtualClock();
  const table: Rows = new InMemoryStore({ clock });
  const cache = new InMemoryCache<string, string>({ clock });
  const errors: unknown[] = [];
  const store = new CachedStore({
    ...{ store: table, table, cache, clock },
    onCacheError: (error) => errors.push(error),
    ttlMs: 1000,
    ...options,
  });
  return { clock, table, cache, store, errors };
}

function set(key: string, value: string, version: number) {
  return { type: 'set', key, value, version } as const;
}

describe('a read', () => {
  test('that the cache can answer does not reach the database', async () => {
    const { table, store } = setUp();
    table.carryOut(set('linh', '/cart', 1));
    expect(await store.read('linh')).toBe('/cart');
    expect(await store.read('linh')).toBe('/cart');
    expect(table.counts().reads).toBe(1);
  });

  test('knows what is not there', async () => {
    const { table, store } = setUp();
    for (let i = 0; i < 2; i += 1) {
      expect(await store.read('nobody')).toBeUndefined();
    }
    expect(table.counts().reads).toBe(1);
  });

  test('asks the database again when the time of the entry is over', async () => {
    const { clock, table, store } = setUp();
    await store.read('linh');
    await clock.advance(1000);
    await store.read('linh');
    expect(table.counts().reads).toBe(2);
  });

  test('is answered while the cache is broken or hangs', async () => {
    const { clock, table, cache, store, errors } = setUp();
    table.carryOut(set('linh', '/cart', 1));
    cache.breakDown();
    expect(await clock.until(store.read('linh'))).toBe('/cart');
    cache.mend();
    cache.hang();
    expect(await clock.until(store.read('minh'))).toBeUndefined();
    expect(errors.length).toBeGreaterThan(2);
  });

  test('does not put an older row over a newer one', async () => {
    const { clock, table, cache, store } = setUp();
    const slow = new InMemoryStore<string, string>({ clock, readMs: 50 });
    const other = new CachedStore({
      ...{ store: slow, table: slow, cache, clock },
      onCacheError: () => {},
    });
    slow.carryOut(set('linh', '/cart', 1));
    table.carryOut(set('linh', '/cart', 1));
    const read = other.read('linh');
    await clock.advance(10);
    await store.write([set('linh', '/checkout', 2)]);
    await clock.until(read);
    expect(cache.peek('linh')).toEqual({ value: '/checkout', version: 2 });
  });
});

describe('a write', () => {
  test('reaches the cache after the database, a delete as well', async () => {
    const { table, cache, store } = setUp();
    await store.write([
      set('linh', '/cart', 1),
      { type: 'delete', key: 'minh', version: 2 },
    ]);
    expect(table.peek('linh')).toBe('/cart');
    expect(cache.peek('linh')).toEqual({ value: '/cart', version: 1 });
    expect(cache.peek('minh')).toEqual({ value: undefined, version: 2 });
  });

  test('that the database refuses does not reach the cache', async () => {
    const { table, cache, store } = setUp();
    table.failNextWrites(new Error('down'));
    await expect(store.write([set('linh', '/cart', 1)])).rejects.toThrow(
      'down',
    );
    expect(cache.peek('linh')).toBeUndefined();
  });

  test('that fails in part reaches it in part', async () => {
    const { table, cache, store } = setUp();
    table.breakKey('linh');
    const batch = [set('linh', '/cart', 1), set('minh', '/cart', 1)];
    await expect(store.write(batch)).rejects.toMatchObject({
      failed: [{ key: 'linh' }],
    });
    expect(cache.peek('linh')?.value).toBeUndefined();
    expect(cache.peek('minh')).toMatchObject({ value: '/cart' });
  });

  test('whose answer is lost makes reads ask the database', async () => {
    const { table, store } = setUp();
    await store.write([set('linh', '/cart', 1)]);
    table.loseNextAnswers(new Error('connection lost'));
    await expect(store.write([set('linh', '/pay', 2)])).rejects.toThrow('lost');
    expect(await store.read('linh')).toBe('/pay');
  });

  test('that a store takes apart is told as it came', async () => {
    const { table, cache } = setUp();
    const store = new CachedStore({
      ...{ table, cache, onCacheError: () => {} },
      store: {
        async write(batch) {
          (batch as Operation<string, string>[]).splice(0);
        },
      },
    });
    await store.write([set('linh', '/cart', 1)]);
    expect(cache.peek('linh')).toMatchObject({ value: '/cart' });
  });
});

/** Two processes that share a cache, which has missed the second write. */
async function setUpMissed() {
  const { clock, table, cache, store } = setUp();
  const other = new CachedStore({
    ...{ store: table, table, cache, clock },
    onCacheError: () => {},
    ttlMs: 1000,
  });
  await store.write([set('linh', '/cart', 1)]);
  await clock.advance(400);
  cache.failNext(new Error('gone'));
  await store.write([set('linh', '/checkout', 2)]);
  return { clock, store, other };
}

describe('what the cache has missed', () => {
  test('is read from the database, although the cache has an older row', async () => {
    const { cache, store } = setUp();
    await store.write([set('linh', '/cart', 1)]);
    cache.failNext(new Error('gone'));
    await store.write([set('linh', '/checkout', 2)]);
    expect(cache.peek('linh')).toMatchObject({ value: '/cart' });
    expect(await store.read('linh')).toBe('/checkout');
    expect(cache.peek('linh')).toMatchObject({ value: '/checkout' });
  });

  test('reaches it with the next write of another key', async () => {
    const { clock, cache, store } = setUp();
    await store.write([set('linh', '/cart', 1)]);
    cache.failNext(new Error('gone'));
    await store.write([set('linh', '/checkout', 2)]);
    await store.write([set('minh', '/cart', 3)]);
    await clock.advance(1);
    expect(cache.peek('linh')).toEqual({ value: '/checkout', version: 2 });
  });

  test('is old for another process until a write of this one reaches it', async () => {
    const { clock, store, other } = await setUpMissed();
    expect(await other.read('linh')).toBe('/cart');
    await store.write([set('minh', '/cart', 3)]);
    await clock.advance(1);
    expect(await other.read('linh')).toBe('/checkout');
  });

  test('is old for all until it expires, if this process ends', async () => {
    const { clock, other } = await setUpMissed();
    await other.write([set('minh', '/cart', 3)]);
    await clock.advance(599);
    expect(await other.read('linh')).toBe('/cart');
    await clock.advance(1);
    expect(await other.read('linh')).toBe('/checkout');
  });

  test('waits for the next time while the cache or the database is away', async () => {
    const { table, cache, store } = setUp();
    cache.breakDown();
    await store.write([set('linh', '/cart', 1), set('minh', '/cart', 1)]);
    await store.catchUp();
    cache.mend();
    table.failNextReads(new Error('down'));
    await store.catchUp();
    expect(cache.peek('linh')).toBeUndefined();
    await store.catchUp();
    expect(cache.peek('linh')).toMatchObject({ value: '/cart' });
    expect(cache.peek('minh')).toMatchObject({ value: '/cart' });
  });

  test('and the database refuses for ever is asked for once', async () => {
    const { clock, table, store } = setUp();
    table.breakKey('linh');
    await store.write([set('linh', '/cart', 1)]).catch(() => {});
    for (const version of [2, 3]) {
      await store.write([set('minh', '/cart', version)]);
      await clock.until(store.catchUp());
    }
    expect(table.counts().reads).toBe(1);
  });

  test('may be more than is remembered: then nothing is trusted for a while', async () => {
    const { clock, table, cache, store } = setUp({ maxDoubts: 1 });
    await store.write([set('linh', '/cart', 1)]);
    cache.failNext(new Error('gone'), new Error('gone'));
    await store.write([set('linh', '/pay', 2), set('minh', '/cart', 2)]);
    expect(await store.read('linh')).toBe('/pay');
    const { reads } = table.counts();
    await store.read('linh');
    expect(table.counts().reads).toBe(reads + 1);
    await clock.advance(1000);
    await store.read('linh');
    await store.read('linh');
    expect(table.counts().reads).toBe(reads + 2);
  });
});

test('P1: a cache in front reads its writes, whatever becomes of the shared one', async () => {
  const { clock, cache, store } = setUp();
  const behind = new WriteBehindCache({ store, clock, maxEntries: 1 });
  for (const page of ['/cart', '/checkout', '/thanks']) {
    if (page === '/checkout') cache.breakDown();
    if (page === '/thanks') cache.mend();
    await behind.set('linh', page);
    expect(await clock.until(behind.get('linh'))).toBe(page);
    await clock.until(behind.flush());
    // Its own memory has room for this one only.
    await clock.until(behind.get('nobody'));
    expect(await clock.until(behind.get('linh'))).toBe(page);
  }
});

test('options are checked', () => {
  expect(() => setUp({ ttlMs: -1 })).toThrow('ttlMs: expected milliseconds');
  expect(() => setUp({ cacheTimeoutMs: NaN })).toThrow('cacheTimeoutMs');
  expect(() => setUp({ maxDoubts: 0 })).toThrow('maxDoubts');
});
