import type { Clock } from '../../shared/clock.ts';
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
import type { Table } from '../../shared/table.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

// #region service
const ttlMs = 60_000;

export class ProductService {
  readonly #table: Table<string, Product>;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(table: Table<string, Product>, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async get(id: string): Promise<Product> {
    const entry = this.#entries.get(id);
    const now = this.#clock.now();
    if (entry && now < entry.end) return entry.product;
    const { value: product } = await this.#table.find(id);
    if (product === undefined) {
      throw new ProductNotFoundError(id);
    }
    const end = this.#clock.now() + ttlMs;
    this.#entries.set(id, { product, end });
    return product;
  }

  async save(product: Product): Promise<void> {
    await this.#table.put(product.id, product);
    this.#entries.delete(product.id);
  }

  async forgetCategory(category: string): Promise<string> {
    const { size } = this.#entries;
    for (const [id, { product }] of this.#entries) {
      if (product.category !== category) continue;
      this.#entries.delete(id);
    }
    return `looked at ${size} entries`;
  }
}
// #endregion service

interface Entry {
  readonly product: Product;
  readonly end: number;
}

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
  const hanoi = new ProductService(table, clock);
  const tokyo = new ProductService(table, clock);
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
  await watch.time('Hanoi forgets lighting', () =>
    hanoi.forgetCategory('lighting'),
  );
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

if (isMain('strategies/cache-invalidation/before')) {
  void demo(console.log);
}
