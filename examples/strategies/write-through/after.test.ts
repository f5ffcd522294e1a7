import { expect, test } from 'vitest';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  chair,
  lamp,
  type Product,
  ProductNotFoundError,
} from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, ProductService } from './after.ts';
import { WriteThroughCache } from './write-through-cache.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, Product>({
    rows: [[chair.id, chair]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const cache = new WriteThroughCache({
    table,
    cache: new InMemoryCache<string, Product>({ getMs: 1, setMs: 1, clock }),
    onCacheError: (error) => expect(error).toBeUndefined(),
    clock,
  });
  return { clock, table, products: new ProductService(cache) };
}

test('what was saved is read without the database', async () => {
  const { clock, table, products } = setUp();
  await clock.until(products.save(lamp));
  expect(clock.now()).toBe(21);
  expect(table.peek('lamp')).toEqual(lamp);
  expect(await clock.until(products.get('lamp'))).toEqual(lamp);
  expect(await clock.until(products.get('lamp'))).toEqual(lamp);
  expect(clock.now()).toBe(23);
  expect(table.counts()).toEqual({ reads: 0, writes: 1, rows: 1 });
});

test('a product that is not there is not found', async () => {
  const { clock, table, products } = setUp();
  await clock.until(products.remove('chair'));
  expect(table.peek('chair')).toBeUndefined();
  await expect(clock.until(products.get('chair'))).rejects.toThrow(
    ProductNotFoundError,
  );
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('after.out.txt');
});
