import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { chair, lamp, ProductNotFoundError } from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, ProductService } from './before.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore({
    rows: [lamp, chair].map((row) => [row.id, row] as const),
    clock,
  });
  const hanoi = new ProductService(store, clock);
  const tokyo = new ProductService(store, clock);
  return { clock, store, hanoi, tokyo };
}

test('another process sells at the old price until it expires', async () => {
  const { clock, hanoi, tokyo } = setUp();
  const cheaper = { ...lamp, cents: 3900 };
  await tokyo.get('lamp');
  await hanoi.save(cheaper);
  expect(await hanoi.get('lamp')).toEqual(cheaper);
  await clock.advance(59_999);
  expect(await tokyo.get('lamp')).toEqual(lamp);
  await clock.advance(1);
  expect(await tokyo.get('lamp')).toEqual(cheaper);
});

test('a category is forgotten by looking at all entries', async () => {
  const { store, hanoi } = setUp();
  await hanoi.get('lamp');
  await hanoi.get('chair');
  expect(await hanoi.forgetCategory('lighting')).toBe('looked at 2 entries');
  await hanoi.get('lamp');
  await hanoi.get('chair');
  expect(store.counts().reads).toBe(3);
});

test('a product that is not there is not found', async () => {
  const { hanoi } = setUp();
  await expect(hanoi.get('sofa')).rejects.toThrow(ProductNotFoundError);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('before.out.txt');
});
