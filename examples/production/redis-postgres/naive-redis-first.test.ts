import { expect, test } from 'vitest';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { CachedStore } from './cached-store.ts';
import { NaiveRedisFirst } from './naive-redis-first.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, string>({ clock });
  const cache = new InMemoryCache<string, string>({ clock });
  const store = new CachedStore({
    ...{ store: table, table, cache, clock },
    onCacheError: () => {},
  });
  const behind = new WriteBehindCache({ store, clock });
  return { clock, cache, behind, naive: new NaiveRedisFirst(cache, behind) };
}

test('P1: whoever asks the shared cache first gets the page before the last', async () => {
  const { clock, behind, naive } = setUp();
  await behind.set('linh', '/cart');
  await clock.until(behind.flush());
  await behind.set('linh', '/checkout');
  expect(await clock.until(naive.get('linh'))).toBe('/cart');
  expect(await clock.until(behind.get('linh'))).toBe('/checkout');
});

test('P5: and finds what has just been deleted', async () => {
  const { clock, behind, naive } = setUp();
  await behind.set('linh', '/cart');
  await clock.until(behind.flush());
  await behind.delete('linh');
  expect(await clock.until(naive.get('linh'))).toBe('/cart');
  expect(await clock.until(behind.get('linh'))).toBeUndefined();
});

// #region set-first
test('P1: to write the shared cache with each set does not help, as it may fail', async () => {
  const { clock, cache, behind, naive } = setUp();
  const set = async (key: string, value: string, version: number) => {
    await behind.set(key, value);
    await cache.offer(key, { value, version }, 60_000).catch(() => {});
  };
  await set('linh', '/cart', 1);
  cache.failNext(new Error('Redis does not answer'));
  await set('linh', '/checkout', 2);
  expect(await clock.until(naive.get('linh'))).toBe('/cart');
  expect(await clock.until(behind.get('linh'))).toBe('/checkout');
});
// #endregion set-first
