import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { sqlRegion } from '../../shared/sql-region.ts';

const file = 'examples/write-behind/conflicts/products.sql';
const put = sqlRegion(file, 'put');
const remove = sqlRegion(file, 'remove');
const insert = sqlRegion(file, 'insert');

let postgres: Server;
let pool: Pool;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = new Pool(postgres);
  await pool.query(sqlRegion(file, 'table'));
  await pool.query(sqlRegion(file, 'raise'));
});

afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

beforeEach(async () => {
  await pool.query('TRUNCATE products');
  await pool.query(insert, ['Lamp', 'home', 3000, 'lamp']);
});

test('a write over the version that it is based on is stored, as the next one', async () => {
  expect(await write('Desk lamp', 3000, 1)).toEqual([{ version: '2' }]);
  expect(await row()).toMatchObject({ name: 'Desk lamp', version: '2' });
  expect(await write('Desk lamp', 2500, 2)).toHaveLength(1);
});

test('a write over any other version changes nothing', async () => {
  await write('Desk lamp', 3000, 1);
  expect(await write('Lamp', 2500, 1)).toEqual([]);
  expect(await write('Lamp', 2500, 3)).toEqual([]);
  expect(await row()).toMatchObject({ name: 'Desk lamp', version: '2' });
});

test('a program that knows nothing of versions raises them as well', async () => {
  await pool.query("UPDATE products SET cents = 1 WHERE id = 'lamp'");
  expect(await write('Lamp', 2500, 1)).toEqual([]);
  await pool.query(
    "UPDATE products SET cents = 2, version = 1 WHERE id = 'lamp'",
  );
  expect(await row()).toMatchObject({ cents: 2, version: '3' });
});

test('of those that write over one version at the same time, one is stored', async () => {
  const written = await Promise.all(
    Array.from({ length: 8 }, (_, index) => write(`Lamp ${index}`, 1, 1)),
  );
  expect(written.filter(({ length }) => length === 1)).toHaveLength(1);
  expect(await row()).toMatchObject({ version: '2' });
});

test('of those that insert a row at the same time, one is stored', async () => {
  const inserted = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      pool.query(insert, [`Chair ${index}`, 'home', 1, 'chair']),
    ),
  );
  const versions = inserted.flatMap(({ rows }) => rows);
  expect(versions).toEqual([{ version: '1' }]);
});

test('a row that comes back goes on where it was deleted', async () => {
  const { rows } = await pool.query(remove, ['lamp', 1]);
  expect(rows).toEqual([{ version: '2' }]);
  expect(await row()).toMatchObject({ deleted: true });
  expect((await pool.query(remove, ['lamp', 1])).rows).toEqual([]);
  expect(await write('Lamp', 3000, 1)).toEqual([]);
  expect(await write('Lamp', 3000, 2)).toEqual([{ version: '3' }]);
  expect(await row()).toMatchObject({ deleted: false });
});

async function write(name: string, cents: number, version: number) {
  const values = [name, 'home', cents, 'lamp', version];
  return (await pool.query(put, values)).rows;
}

async function row() {
  return (await pool.query("SELECT * FROM products WHERE id = 'lamp'")).rows[0];
}
