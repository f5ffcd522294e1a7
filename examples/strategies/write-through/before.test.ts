import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  chair,
  lamp,
  type Product,
  ProductNotFoundError,
} from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, ProductService } from './before.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, Product>({
    rows: [[chair.id, chair]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  return { clock, table, products: new ProductService(table) };
}

test('the service asks the database on each call', async () => {
  const { clock, table, products } = setUp();
  await clock.until(products.save(lamp));
  expect(clock.now()).toBe(20);
  expect(await clock.until(products.get('lamp'))).toEqual(lamp);
  expect(await clock.until(products.get('lamp'))).toEqual(lamp);
  expect(clock.now()).toBe(30);
  expect(table.counts()).toEqual({ reads: 2, writes: 1, rows: 1 });
});

test('a product that is not there is not found', async () => {
  const { clock, products } = setUp();
  await clock.until(products.remove('chair'));
  await expect(clock.until(products.get('chair'))).rejects.toThrow(
    ProductNotFoundError,
  );
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('before.out.txt');
});
