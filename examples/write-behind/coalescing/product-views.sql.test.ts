import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { sqlRegion } from '../../shared/sql-region.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { Change } from './change.ts';
import { CoalescingQueue } from './coalescing-queue.ts';
import { addedCounts } from './forms.ts';

const file = 'examples/write-behind/coalescing/product-views.sql';
const add = sqlRegion(file, 'add');

let postgres: Server;
let pool: Pool;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = new Pool(postgres);
  await pool.query(sqlRegion(file, 'table'));
});

afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

beforeEach(async () => {
  await pool.query('TRUNCATE product_views');
});

test('the first addition makes the row', async () => {
  await write([{ key: 'lamp', change: 3, version: 1 }]);
  expect(await views()).toEqual({ lamp: 3 });
});

test('what comes again is skipped, what is older too, and each row for itself', async () => {
  await write([{ key: 'lamp', change: 3, version: 2 }]);
  await write([
    { key: 'lamp', change: 3, version: 2 },
    { key: 'chair', change: 1, version: 3 },
  ]);
  await write([{ key: 'lamp', change: 5, version: 1 }]);
  expect(await views()).toEqual({ lamp: 3, chair: 1 });
  await write([{ key: 'lamp', change: 4, version: 4 }]);
  expect(await views()).toEqual({ lamp: 7, chair: 1 });
});

test('the queue adds each view once, although a confirmation is lost', async () => {
  let isLost = true;
  const queue = new CoalescingQueue<string, number>({
    combine: addedCounts,
    clock: new VirtualClock(),
    onError: () => {},
    async write(batch) {
      await write(batch);
      if (isLost) throw new Error('connection reset');
    },
  });
  queue.add('lamp', 1);
  queue.add('lamp', 1);
  await expect(queue.flush()).rejects.toThrow('connection reset');
  isLost = false;
  queue.add('lamp', 1);
  await queue.flush();
  expect(await views()).toEqual({ lamp: 3 });
});

async function write(batch: readonly Change<string, number>[]): Promise<void> {
  await pool.query(add, [
    batch.map(({ key }) => key),
    batch.map(({ change }) => String(change)),
    batch.map(({ version }) => String(version)),
  ]);
}

async function views(): Promise<Record<string, number>> {
  const { rows } = await pool.query('SELECT product, views FROM product_views');
  return Object.fromEntries(
    rows.map(({ product, views }) => [product, Number(views)]),
  );
}
