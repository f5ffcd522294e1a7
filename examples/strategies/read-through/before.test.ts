import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  lamp,
  type Product,
  ProductNotFoundError,
} from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, ProductService } from './before.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, Product>({
    rows: [[lamp.id, lamp]],
    readMs: 20,
    writeMs: 20,
    clock,
  });
  return { clock, table, products: new ProductService(table) };
}

test('the service waits for the database on each read', async () => {
  const { clock, table, products } = setUp();
  expect(await clock.until(products.get('lamp'))).toEqual(lamp);
  const crowd = [products.get('lamp'), products.get('lamp')];
  await clock.until(Promise.all(crowd));
  expect(clock.now()).toBe(40);
  expect(table.counts().reads).toBe(3);
});

test('what is saved is read', async () => {
  const { clock, products } = setUp();
  const cheaper = { ...lamp, cents: 3900 };
  await clock.until(products.save(cheaper));
  expect(await clock.until(products.get('lamp'))).toEqual(cheaper);
});

test('a product that is not there is not found', async () => {
  const { clock, products } = setUp();
  await expect(clock.until(products.get('sofa'))).rejects.toThrow(
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
