import { expect, test } from 'vitest';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { fartherAway } from './farther-away.ts';
import { NaiveWriteThrough } from './naive-write-through.ts';

const ttlMs = 60_000;

// #region reproduction
test('the cache keeps the older of two prices', async () => {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, string>();
  const cache = new InMemoryCache<string, string>({ clock });
  const far = fartherAway(cache, clock, 10);
  const a = new NaiveWriteThrough({ table, cache: far, ttlMs });
  const b = new NaiveWriteThrough({ table, cache, ttlMs });

  const writes = [a.set('lamp', '$49'), b.set('lamp', '$39')];
  await clock.until(Promise.all(writes));

  expect(table.peek('lamp')).toBe('$39');
  expect(await b.get('lamp')).toBe('$49');
});
// #endregion reproduction

test('a read puts the old price over the new one', async () => {
  const clock = new VirtualClock();
  const table = new InMemoryStore({ rows: [['lamp', '$49']], clock });
  const cache = new InMemoryCache<string, string>({ clock });
  const far = fartherAway(cache, clock, 10);
  const a = new NaiveWriteThrough({ table, cache: far, ttlMs });
  const b = new NaiveWriteThrough({ table, cache, ttlMs });
  const read = a.get('lamp');
  await clock.advance(10);
  await b.set('lamp', '$39');
  await clock.until(read);
  expect(await b.get('lamp')).toBe('$49');
});

test('a cache that is down fails a write that is stored', async () => {
  const table = new InMemoryStore({ rows: [['lamp', '$49']] });
  const cache = new InMemoryCache<string, string>();
  const products = new NaiveWriteThrough({ table, cache, ttlMs });
  await products.get('lamp');
  cache.breakDown();
  await expect(products.set('lamp', '$39')).rejects.toThrow();
  expect(table.peek('lamp')).toBe('$39');
  cache.mend();
  expect(await products.get('lamp')).toBe('$49');
});

test('it is right as long as one thing happens after the other', async () => {
  const table = new InMemoryStore({ rows: [['lamp', '$49']] });
  const cache = new InMemoryCache<string, string>();
  const products = new NaiveWriteThrough({ table, cache, ttlMs });
  expect(await products.get('lamp')).toBe('$49');
  await products.set('lamp', '$39');
  expect(await products.get('lamp')).toBe('$39');
  expect(table.counts().reads).toBe(1);
  await products.delete('lamp');
  expect(await products.get('lamp')).toBeUndefined();
  await products.close();
});
