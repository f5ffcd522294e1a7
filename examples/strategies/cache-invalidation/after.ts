import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import {
  chair,
  describeProduct,
  lamp,
  type Product,
  ProductNotFoundError,
  spareParts,
} from '../../shared/product.ts';
import { Random } from '../../shared/random.ts';
import {
  type Print,
  Stopwatch,
} from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryBus } from './in-memory-bus.ts';
import type { Invalidation } from './invalidation-bus.ts';
import { TaggedCache } from './tagged-cache.ts';

// #region service
export class ProductService {
  readonly #products: TaggedCache<string, Product>;

  constructor(products: TaggedCache<string, Product>) {
    this.#products = products;
  }

  async get(id: string): Promise<Product> {
    const product = await this.#products.get(id);
    if (product === undefined) {
      throw new ProductNotFoundError(id);
    }
    return product;
  }

  async save(product: Product): Promise<void> {
    await this.#products.set(product.id, product);
  }

  async forgetCategory(category: string): Promise<void> {
    await this.#products.invalidateTag(category);
  }
}
// #endregion service

// #region demo
export async function demo(print: Print): Promise<void> {
  // #region setup
  const clock = new VirtualClock();
  const lighting = [lamp, ...spareParts(200, 'lighting')];
  const table = new InMemoryStore<string, Product>({
    rows: [...lighting, chair].map((row) => [row.id, row]),
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const categories = new InMemoryStore<string, true>({
    writeMs: 20,
    clock,
  });
  const bus = new InMemoryBus<Invalidation<string>>({
    publishMs: 1,
    deliverMs: 1,
    clock,
  });
  const chance = new Random(1);
  const random = () => chance.fraction();
  const start = () =>
    new TaggedCache({
      table,
      bus,
      onBusError: (error) => watch.note(`log: ${error}`),
      tags: {
        of: (_, product) => [product?.category ?? 'none'],
        nextGeneration: async (category) => {
          const row = await categories.put(category, true);
          return row.version;
        },
      },
      clock,
      random,
    });
  const hanoi = new ProductService(start());
  const tokyo = new ProductService(start());
  const watch = new Stopwatch(clock, print);
  // #endregion setup

  const read = (place: ProductService, id: string) =>
    describeProduct(place.get(id));

  await watch.time('Tokyo reads the lamp', () =>
    read(tokyo, 'lamp'),
  );
  await watch.time('Hanoi saves it at $39.00', () =>
    hanoi.save({ ...lamp, cents: 3900 }),
  );
  await watch.time('Hanoi reads it', () => read(hanoi, 'lamp'));
  await watch.pass(10);
  await watch.time('Tokyo reads it', () => read(tokyo, 'lamp'));
  watch.note('the bus loses the next event');
  bus.loseNext();
  await watch.time('Hanoi saves it at $29.00', () =>
    hanoi.save({ ...lamp, cents: 2900 }),
  );
  await watch.pass(10);
  await watch.time('Tokyo reads it', () => read(tokyo, 'lamp'));
  await watch.pass(60_000);
  await watch.time('Tokyo reads it', () => read(tokyo, 'lamp'));

  for (const place of [hanoi, tokyo]) {
    const all = [...lighting, chair].map(({ id }) =>
      place.get(id),
    );
    await clock.until(Promise.all(all));
  }
  watch.note('an import makes lighting cost $1.00');
  for (const { id: key, ...row } of lighting) {
    const value = { ...row, id: key, cents: 100 };
    table.commit({ type: 'set', key, value, version: 0 });
  }
  const before = bus.published;
  await watch.time('Hanoi forgets lighting', async () => {
    await hanoi.forgetCategory('lighting');
    return `published ${bus.published - before} event`;
  });
  await watch.pass(10);
  await watch.time('Hanoi reads the lamp', () =>
    read(hanoi, 'lamp'),
  );
  await watch.time('Tokyo reads it', () => read(tokyo, 'lamp'));
  await watch.time('Tokyo reads the chair', () =>
    read(tokyo, 'chair'),
  );
}
// #endregion demo

if (isMain('strategies/cache-invalidation/after')) {
  void demo(console.log);
}
