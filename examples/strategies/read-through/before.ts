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
import type { Table } from '../../shared/table.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

// #region service
export class ProductService {
  readonly #products: Table<string, Product>;

  constructor(products: Table<string, Product>) {
    this.#products = products;
  }

  async get(id: string): Promise<Product> {
    const { value } = await this.#products.find(id);
    if (value === undefined) throw new ProductNotFoundError(id);
    return value;
  }

  async save(product: Product): Promise<void> {
    await this.#products.put(product.id, product);
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
  const products = new ProductService(table);
  const watch = new Stopwatch(clock, print);
  const read = (id: string) =>
    describeProduct(products.get(id));
  const noteReads = () =>
    watch.note(`the table: reads ${table.counts().reads}`);
  // #endregion setup

  await watch.time('read the lamp', () => read('lamp'));
  await watch.time('read the lamp again', () => read('lamp'));
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
  await watch.time('read the lamp', () => read('lamp'));
  table.commit({
    type: 'set',
    key: 'lamp',
    value: { ...lamp, cents: 5900 },
    version: 0,
  });
  watch.note('another service saves a dearer lamp');
  await watch.time('read the lamp', () => read('lamp'));

  table.hang();
  clock.schedule(30_000, () => table.recover());
  watch.note('the table hangs for half a minute');
  await watch.time('read the lamp', () => read('lamp'));
  await watch.time('read the lamp again', () => read('lamp'));
  noteReads();
}
// #endregion demo

if (isMain('strategies/read-through/before')) {
  void demo(console.log);
}
