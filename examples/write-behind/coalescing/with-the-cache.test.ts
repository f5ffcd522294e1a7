import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  lamp,
  type Product,
  ProductNotFoundError,
} from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

test('fields are merged, and the row is read and written once', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, Product>({
    rows: [['lamp', lamp]],
    clock,
  });
  const cache = new WriteBehindCache({ store, clock });
  // #region fields
  const change = (id: string, patch: Partial<Product>) =>
    cache.update(id, (product) => {
      if (product === undefined) throw new ProductNotFoundError(id);
      return { ...product, ...patch };
    });
  // #endregion fields
  await change('lamp', { name: 'Lamp' });
  await change('lamp', { cents: 4500 });
  await clock.until(cache.close());
  expect(store.peek('lamp')).toEqual({ ...lamp, name: 'Lamp', cents: 4500 });
  expect(store.counts()).toEqual({ reads: 1, writes: 1, rows: 1 });
});

test('views are added, and the row is read and written once', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({
    rows: [['/lamp', 40]],
    clock,
  });
  const cache = new WriteBehindCache({ store, clock });
  // #region counts
  const view = (url: string) => cache.update(url, (views = 0) => views + 1);
  // #endregion counts
  await view('/lamp');
  await Promise.all([view('/lamp'), view('/lamp')]);
  await clock.until(cache.close());
  expect(store.peek('/lamp')).toBe(43);
  expect(store.counts()).toEqual({ reads: 1, writes: 1, rows: 1 });
});
