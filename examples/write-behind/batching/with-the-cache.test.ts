import { expect, test } from 'vitest';
import type { Product } from '../../shared/product.ts';
import { spareParts } from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { AdaptiveSize } from './adaptive-size.ts';
import { BatchingStore } from './batching-store.ts';
import { moods } from './costs.ts';
import { PricedStore } from './priced-store.ts';

function setUp() {
  const clock = new VirtualClock();
  const costs = moods.usual;
  const store = new PricedStore<string, Product>({ clock, costs });
  const sizes: number[] = [];
  const write = store.write.bind(store);
  store.write = (batch) => {
    sizes.push(batch.length);
    return write(batch);
  };
  return { clock, store, sizes };
}

test('by count and by time, it is options of the cache', async () => {
  const { clock, store, sizes } = setUp();
  // #region fixed
  const cache = new WriteBehindCache<string, Product>({
    store,
    clock,
    maxBatchSize: 100,
    maxDelayMs: 100,
  });
  // #endregion fixed
  for (const part of spareParts(250)) await cache.set(part.id, part);
  await clock.advance(99);
  expect(sizes).toEqual([100, 100]);
  await clock.advance(1);
  expect(sizes).toEqual([100, 100, 50]);
});

test('adaptive, it is a store between the cache and its store', async () => {
  const { clock, store, sizes } = setUp();
  // #region adaptive
  const size = new AdaptiveSize({ targetMs: 50, maxRows: 5000 });
  const cache = new WriteBehindCache<string, Product>({
    store: new BatchingStore({ store, clock, size, maxInFlight: 1 }),
    clock,
    maxBatchSize: 10_000,
    maxDelayMs: 20,
  });
  // #endregion adaptive
  const parts = spareParts(250);
  for (const part of parts) await cache.set(part.id, part);
  await clock.until(cache.close());
  expect(sizes).toEqual([1, 2, 4, 8, 16, 32, 64, 123]);
  expect(store.rows.entries()).toHaveLength(250);
});
