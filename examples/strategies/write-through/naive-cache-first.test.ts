import { expect, test } from 'vitest';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { NaiveCacheFirst } from './naive-cache-first.ts';

const ttlMs = 60_000;

// #region reproduction
test('readers get a price that was never stored', async () => {
  const table = new InMemoryStore({ rows: [['lamp', '$49']] });
  const cache = new InMemoryCache<string, string>();
  const products = new NaiveCacheFirst({ table, cache, ttlMs });

  table.failNextWrites(new Error('the price is refused'));
  await expect(products.set('lamp', '$-1')).rejects.toThrow();

  expect(table.peek('lamp')).toBe('$49');
  expect(await products.get('lamp')).toBe('$-1');
});
// #endregion reproduction

test('a read between the two brings the deleted row back', async () => {
  const clock = new VirtualClock();
  const rows = [['lamp', '$49']] as const;
  const table = new InMemoryStore({ rows, writeMs: 20, clock });
  const cache = new InMemoryCache<string, string>({ clock });
  const products = new NaiveCacheFirst({ table, cache, ttlMs });
  const removal = products.delete('lamp');
  await clock.advance(10);
  await products.get('lamp');
  await clock.until(removal);
  expect(table.peek('lamp')).toBeUndefined();
  expect(await products.get('lamp')).toBe('$49');
});

test('it is right as long as one thing happens after the other', async () => {
  const table = new InMemoryStore({ rows: [['lamp', '$49']] });
  const cache = new InMemoryCache<string, string>();
  const products = new NaiveCacheFirst({ table, cache, ttlMs });
  expect(await products.get('lamp')).toBe('$49');
  await products.set('lamp', '$39');
  expect(await products.get('lamp')).toBe('$39');
  expect(table.peek('lamp')).toBe('$39');
  await products.delete('lamp');
  expect(await products.get('lamp')).toBeUndefined();
  await products.close();
});
