import { expect, test } from 'vitest';
import type { Product } from '../../shared/product.ts';
import { spareParts } from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { AdaptiveSize } from './adaptive-size.ts';
import { BatchingStore } from './batching-store.ts';
import { type Costs, moods } from './costs.ts';
import { FixedSize } from './fixed-size.ts';
import { PricedStore } from './priced-store.ts';

function setUp({ costs = moods.usual as Costs } = {}) {
  const clock = new VirtualClock();
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

test('rows that come one by one travel together where commits are slow', async () => {
  const { clock, store, sizes } = setUp({ costs: moods['costly-commits'] });
  const size = new AdaptiveSize({ targetMs: 50, maxRows: 5000 });
  const cache = new WriteBehindCache<string, Product>({
    store: new BatchingStore({ store, clock, size, maxInFlight: 1 }),
    clock,
    maxDelayMs: 20,
  });
  for (const part of spareParts(400)) {
    await cache.set(part.id, part);
    await clock.advance(25);
  }
  const { pending, writing } = cache.stats();
  expect(pending + writing).toBeLessThan(10);
  expect(Math.max(...sizes)).toBeGreaterThan(1);
});

test('a row that comes alone is not given up for the fault of another', async () => {
  const { clock, store } = setUp();
  const size = new FixedSize(100);
  const letters: string[] = [];
  const cache = new WriteBehindCache<string, Product>({
    store: new BatchingStore({ store, clock, size, maxInFlight: 1 }),
    clock,
    maxBatchSize: 1,
    retry: { attempts: 1 },
    onDeadLetter: ({ operation }) => {
      letters.push(operation.key);
    },
  });
  const parts = spareParts(4);
  const [, poison] = parts;
  const write = store.write.bind(store);
  store.write = async (batch) => {
    await write(batch);
    if (batch.some(({ key }) => key === poison?.id)) throw new Error('refused');
  };
  for (const part of parts) await cache.set(part.id, part);
  await clock.until(cache.close());
  expect(letters).toEqual([poison?.id]);
});
