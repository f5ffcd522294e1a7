import { InMemoryCache } from '../../shared/in-memory-cache.ts';
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
import {
  type Print,
  Stopwatch,
} from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteThroughCache } from './write-through-cache.ts';

// #region service
export class ProductService {
  readonly #products: WriteThroughCache<string, Product>;

  constructor(products: WriteThroughCache<string, Product>) {
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
    rows: [[chair.id, chair]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const redis = new InMemoryCache<string, Product>({
    getMs: 1,
    setMs: 1,
    clock,
  });
  const watch = new Stopwatch(clock, print);
  const cache = new WriteThroughCache({
    table,
    cache: redis,
    onCacheError: (error) => watch.note(`log: ${error}`),
    clock,
  });
  const products = new ProductService(cache);
  const save = async (product: Product) => {
    await products.save(product);
    return product;
  };
  const read = (id: string) =>
    describeProduct(products.get(id));
  const noteCalls = () => {
    const { reads, writes } = table.counts();
    watch.note(`the table: reads ${reads}, writes ${writes}`);
    const { gets, hits, sets } = redis.counts();
    watch.note(
      `the cache: gets ${gets}, hits ${hits}, sets ${sets}`,
    );
  };
  // #endregion setup

  await watch.time('save the lamp', () => products.save(lamp));
  await watch.time('read the lamp', () => read('lamp'));
  await watch.time('read the chair, a miss', () =>
    read('chair'),
  );
  await watch.time('read the chair, a hit', () =>
    read('chair'),
  );
  await watch.time('read the lamp 100 times', async () => {
    for (let i = 0; i < 100; i += 1) await read('lamp');
  });
  noteCalls();

  await watch.time('import 50 spare parts', async () => {
    for (const part of spareParts(50))
      await products.save(part);
  });
  await watch.time('remove the chair', () =>
    products.remove('chair'),
  );
  await watch.time('read the chair', () => read('chair'));
  noteCalls();

  const down = new Error('the database is down');
  const cheaperLamp = { ...lamp, cents: 3900 };
  table.failNextWrites(down);
  table.failNextReads(down);
  await watch.time('save a cheaper lamp', () =>
    describeProduct(save(cheaperLamp)),
  );
  await watch.time('read the lamp', () => read('lamp'));

  redis.hang();
  await watch.time('save a cheaper lamp, the cache hangs', () =>
    describeProduct(save(cheaperLamp)),
  );
  await watch.time('read the lamp', () => read('lamp'));
}
// #endregion demo

if (isMain('strategies/write-through/after')) {
  void demo(console.log);
}
