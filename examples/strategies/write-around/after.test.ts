import { expect, test } from 'vitest';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  bestsellers,
  lamp,
  type Product,
  ProductNotFoundError,
  spareParts,
} from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, ProductService } from './after.ts';
import { WriteAroundCache } from './write-around-cache.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, Product>({
    rows: bestsellers.map((product) => [product.id, product]),
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const cache = new InMemoryCache<string, Product>({ maxEntries: 2, clock });
  const around = new WriteAroundCache({
    table,
    cache,
    onCacheError: (error) => {
      throw error;
    },
    clock,
  });
  const products = new ProductService(around);
  return { clock, cache, products };
}

test('a product that is saved is in the cache once it is read', async () => {
  const { clock, cache, products } = setUp();
  const part: Product = { ...lamp, id: 'part' };
  await clock.until(products.save(part));
  expect(cache.peek('part')).toBeUndefined();
  expect(await clock.until(products.get('part'))).toEqual(part);
  expect(clock.now()).toBe(25);
  expect(await products.get('part')).toEqual(part);
  expect(clock.now()).toBe(25);
});

test('an import pushes out nothing', async () => {
  const { clock, cache, products } = setUp();
  await clock.until(products.get('lamp'));
  for (const part of spareParts(2)) await clock.until(products.save(part));
  expect(cache.peek('lamp')?.value).toEqual(lamp);
});

test('a product that is not there is not found', async () => {
  const { clock, products } = setUp();
  await clock.until(products.remove('lamp'));
  await expect(clock.until(products.get('lamp'))).rejects.toThrow(
    ProductNotFoundError,
  );
  await expect(clock.until(products.get('sofa'))).rejects.toThrow(
    'there is no product sofa',
  );
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('after.out.txt');
});
