import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  lamp,
  type Product,
  ProductNotFoundError,
} from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, ProductService } from './after.ts';
import { InMemoryBus } from './in-memory-bus.ts';
import type { Invalidation } from './invalidation-bus.ts';
import { TaggedCache } from './tagged-cache.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore({ rows: [[lamp.id, lamp]], clock });
  const bus = new InMemoryBus<Invalidation<string>>({ clock });
  let generation = 0;
  const start = () => {
    const cache = new TaggedCache<string, Product>({
      table: store,
      bus,
      onBusError: console.error,
      tags: {
        of: (_, product) => [product?.category ?? 'none'],
        nextGeneration: async () => ++generation,
      },
      clock,
    });
    return new ProductService(cache);
  };
  return { clock, store, hanoi: start(), tokyo: start() };
}

test('another process sells at the new price once it has heard', async () => {
  const { clock, hanoi, tokyo } = setUp();
  const cheaper = { ...lamp, cents: 3900 };
  await tokyo.get('lamp');
  await hanoi.save(cheaper);
  await clock.advance(0);
  expect(await tokyo.get('lamp')).toEqual(cheaper);
});

test('a category that one process forgets is forgotten by all', async () => {
  const { clock, store, hanoi, tokyo } = setUp();
  await tokyo.get('lamp');
  const cheaper = { ...lamp, cents: 100 };
  store.commit({ type: 'set', key: 'lamp', value: cheaper, version: 0 });
  expect(await tokyo.get('lamp')).toEqual(lamp);
  await hanoi.forgetCategory('lighting');
  await clock.advance(0);
  expect(await tokyo.get('lamp')).toEqual(cheaper);
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
  await expect(output).toMatchFileSnapshot('after.out.txt');
});
