import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { ChangeProduct } from './change-product.ts';
import { firstProducts, strategies } from './database.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { changed, type Product } from './products.ts';

let postgres: Server;
let database: PostgresDatabase;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await PostgresDatabase.open(postgres.url);
});

afterAll(async () => {
  await database.close();
  await postgres.stop();
});

test.each(strategies)(
  '%s has the first products, and keeps changes',
  async (strategy) => {
    const rows = database.rowsOf(strategy);
    for (const [id, product] of firstProducts) {
      expect(await rows.read(id)).toEqual(product);
    }
    expect((await rows.find('999')).value).toBeUndefined();
    const product = { name: 'Lamp', price: 0.29, stock: 0 };
    const { version } = await rows.put('1', product);
    expect(await rows.find('1')).toEqual({ value: product, version });
    // Whoever starts next finds them so.
    const next = await PostgresDatabase.open(postgres.url);
    expect(await next.rowsOf(strategy).read('1')).toEqual(product);
    await next.close();
  },
);

test('two processes may start at once', async () => {
  const opened = await Promise.all([
    PostgresDatabase.open(postgres.url),
    PostgresDatabase.open(postgres.url),
  ]);
  for (const other of opened) await other.close();
});

test('an older write changes nothing', async () => {
  const rows = database.rowsOf('write-behind');
  const value = (stock: number) => ({ name: 'Chair', price: 129, stock });
  const set = (stock: number, version: number) =>
    rows.write([{ type: 'set', key: '2', value: value(stock), version }]);
  await set(1, 2_000_000);
  await set(2, 1_000_000);
  expect(await rows.read('2')).toEqual(value(1));
});

// #region property
/** Or it would be acknowledged, and become a dead letter. */
test('what passes the validation, the database takes as it is', async () => {
  const rows = database.rowsOf('write-behind');
  const chair = firstProducts.get('2') as Product;
  let version = 3_000_000;
  const change = fc.record({
    name: fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
    price: fc.integer({ min: 0, max: 100_000_000 }).map((cents) => cents / 100),
    stock: fc.integer({ min: 0, max: 1_000_000 }),
  });
  await fc.assert(
    fc.asyncProperty(change, async (body) => {
      const dto = plainToInstance(ChangeProduct, body);
      fc.pre(validateSync(dto).length === 0);
      const value = changed(chair, dto);
      version += 1;
      await rows.write([{ type: 'set', key: '2', value, version }]);
      expect(await rows.read('2')).toEqual(value);
    }),
  );
});
// #endregion property
