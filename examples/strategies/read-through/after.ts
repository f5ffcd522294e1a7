import type { Cache } from '../../shared/cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import {
  chair,
  describeProduct,
  lamp,
  type Product,
  ProductNotFoundError,
} from '../../shared/product.ts';
import {
  type Print,
  Stopwatch,
} from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { ReadThroughWithWrites } from './read-through-with-writes.ts';

// #region service
export class ProductService {
  readonly #products: Cache<string, Product>;

  constructor(products: Cache<string, Product>) {
    this.#products = products;
  }

  async get(id: string): Promise<Product> {
    const product = await this.#products.get(id);
    if (product === undefined)
      throw new ProductNotFoundError(id);
    return product;
  }

  async save(product: Product): Promise<void> {
    await this.#products.set(product.id, product);
  }
}
// #endregion service

// #region demo
export async function demo(print: Print): Promise<void> {
  // #region setup
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, Product>({
    rows: [
      [lamp.id, lamp],
      [chair.id, chair],
    ],
    readMs: 20,
    writeMs: 20,
    clock,
  });
  const watch = new Stopwatch(clock, print);
  const cache = new ReadThroughWithWrites({
    table,
    ttlMs: 60_000,
    refreshAheadMs: 10_000,
    timeoutMs: 1000,
    staleIfErrorMs: 600_000,
    onLoadError: (error) => watch.note(`log: ${error}`),
    clock,
    random: () => 0,
  });
  const products = new ProductService(cache);
  const read = (id: string) =>
    describeProduct(products.get(id));
  const noteReads = () =>
    watch.note(`the table: reads ${table.counts().reads}`);
  // #endregion setup

  await watch.time('read the lamp, a miss', () => read('lamp'));
  await watch.time('read the lamp, a hit', () => read('lamp'));
  await watch.time(
    '100 visitors read the chair at once',
    async () => {
      const visits = Array.from({ length: 100 }, () =>
        read('chair'),
      );
      await Promise.all(visits);
    },
  );
  noteReads();
  await watch.time('read the sofa', () => read('sofa'));
  await watch.time('read the sofa again', () => read('sofa'));
  noteReads();

  await watch.time('save a cheaper lamp', () =>
    products.save({ ...lamp, cents: 3900 }),
  );
  await watch.time('read the lamp, a miss', () => read('lamp'));
  table.commit({
    type: 'set',
    key: 'lamp',
    value: { ...lamp, cents: 5900 },
    version: 0,
  });
  watch.note('another service saves a dearer lamp');
  await watch.time('read the lamp, an old one', () =>
    read('lamp'),
  );
  await watch.pass(55_000);
  await watch.time('read the lamp, which starts a reload', () =>
    read('lamp'),
  );
  await watch.pass(1000);
  await watch.time('read the lamp, a hit', () => read('lamp'));

  await watch.pass(60_000);
  table.hang();
  clock.schedule(30_000, () => table.recover());
  watch.note('the table hangs for half a minute');
  await watch.time('read the lamp, an old one', () =>
    read('lamp'),
  );
  await watch.time('read the lamp again', () => read('lamp'));
  noteReads();
  await watch.pass(31_000);
  await watch.time('read the lamp, a miss', () => read('lamp'));
}
// #endregion demo

if (isMain('strategies/read-through/after')) {
  void demo(console.log);
}
