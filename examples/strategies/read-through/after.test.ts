import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  lamp,
  type Product,
  ProductNotFoundError,
} from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, ProductService } from './after.ts';
import { ReadThroughWithWrites } from './read-through-with-writes.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, Product>({
    rows: [[lamp.id, lamp]],
    readMs: 20,
    writeMs: 20,
    clock,
  });
  const onLoadError = () => {};
  const cache = new ReadThroughWithWrites({ table, onLoadError, clock });
  return { clock, table, products: new ProductService(cache) };
}

test('the service waits for the database once', async () => {
  const { clock, table, products } = setUp();
  const crowd = [products.get('lamp'), products.get('lamp')];
  await clock.until(Promise.all(crowd));
  expect(await clock.until(products.get('lamp'))).toEqual(lamp);
  expect(clock.now()).toBe(20);
  expect(table.counts().reads).toBe(1);
});

test('what is saved is read', async () => {
  const { clock, products } = setUp();
  await clock.until(products.get('lamp'));
  const cheaper = { ...lamp, cents: 3900 };
  await clock.until(products.save(cheaper));
  expect(await clock.until(products.get('lamp'))).toEqual(cheaper);
});

test('a product that is not there is not found, again and again', async () => {
  const { clock, table, products } = setUp();
  for (let reads = 0; reads < 2; reads += 1) {
    await expect(clock.until(products.get('sofa'))).rejects.toThrow(
      ProductNotFoundError,
    );
  }
  expect(table.counts().reads).toBe(1);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('after.out.txt');
});
