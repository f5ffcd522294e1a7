import type { Cache } from '../../shared/cache.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import {
  bestsellers,
  describeProduct,
  type Product,
  ProductNotFoundError,
  spareParts,
} from '../../shared/product.ts';
import {
  type Print,
  Stopwatch,
} from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteAroundCache } from './write-around-cache.ts';

// #region service
export class ProductService {
  readonly #products: Cache<string, Product>;

  constructor(products: Cache<string, Product>) {
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

  async remove(id: string): Promise<void> {
    await this.#products.delete(id);
  }
}
// #endregion service

// #region demo
export async function demo(print: Print): Promise<void> {
  // #region setup
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, Product>({
    rows: bestsellers.map((product) => [product.id, product]),
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const cache = new InMemoryCache<string, Product>({
    getMs: 1,
    setMs: 1,
    maxEntries: 100,
    clock,
  });
  const watch = new Stopwatch(clock, print);
  const products = new ProductService(
    new WriteAroundCache({
      table,
      cache,
      ttlMs: 3_600_000,
      onCacheError: (error) => watch.note(`log: ${error}`),
      clock,
    }),
  );
  const parts = spareParts(1000);
  const read = (id: string) =>
    describeProduct(products.get(id));
  const readBestsellers = async () => {
    for (const { id } of bestsellers) await products.get(id);
  };
  const noteEntries = () => {
    const { sets, removes } = cache.counts();
    const entries = [...bestsellers, ...parts].filter(
      ({ id }) => cache.peek(id) !== undefined,
    );
    watch.note(
      `the cache: entries ${entries.length}, ` +
        `sets ${sets}, removes ${removes}`,
    );
  };
  // #endregion setup

  await watch.time('read 3 bestsellers', readBestsellers);
  await watch.time('read them again', readBestsellers);
  noteEntries();

  await watch.time('import 1,000 parts', async () => {
    for (const part of parts) await products.save(part);
  });
  noteEntries();
  await watch.time('read 3 bestsellers', readBestsellers);

  await watch.time('read part 1000', () => read('part-1000'));
  await watch.time('read it again', () => read('part-1000'));

  await watch.time('sell the lamp for $39.00', async () => {
    const lamp = await products.get('lamp');
    await products.save({ ...lamp, cents: 3900 });
  });
  await watch.time('read the lamp', () => read('lamp'));
  await watch.time('read it again', () => read('lamp'));
  await watch.time('remove part 1000', () =>
    products.remove('part-1000'),
  );
  await watch.time('read part 1000', () => read('part-1000'));
  noteEntries();

  const { reads, writes } = table.counts();
  watch.note(`the table: reads ${reads}, writes ${writes}`);
}
// #endregion demo

if (isMain('strategies/write-around/after')) {
  void demo(console.log);
}
