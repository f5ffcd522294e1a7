import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { sqlRegion } from '../../shared/sql-region.ts';

const file = 'examples/write-behind/counters/counter-store.sql';
const apply = sqlRegion(file, 'apply');

let postgres: Server;
let pool: Pool;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = new Pool(postgres);
  await pool.query(sqlRegion(file, 'tables'));
});

afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

beforeEach(async () => {
  await pool.query('TRUNCATE page_views, counting_nodes');
});

test('a batch counts once, however often it comes', async () => {
  const node = randomUUID();
  await Promise.all(
    Array.from({ length: 8 }, () => add(node, 1, { '/': 3, '/about': 1 })),
  );
  expect(await counts()).toEqual({ '/': 3, '/about': 1 });
});

test('a number that is not above the last of its node changes nothing', async () => {
  const node = randomUUID();
  await add(node, 2, { '/': 3 });
  await add(node, 1, { '/': 100 });
  await add(node, 2, { '/': 100 });
  expect(await counts()).toEqual({ '/': 3 });
  await add(node, 3, { '/': 4 });
  expect(await counts()).toEqual({ '/': 7 });
});

test('the batches of many nodes add up, and none waits for another for ever', async () => {
  const urls = Array.from({ length: 50 }, (_, index) => `/${index}`);
  const ones = urls.map((url) => [url, 1] as const);
  const nodes = Array.from({ length: 8 }, async (_, index) => {
    const node = randomUUID();
    // Each has an order of its own, as each has had other visitors.
    const added = [...ones.slice(index * 5), ...ones.slice(0, index * 5)];
    for (let number = 1; number <= 10; number += 1) {
      await add(node, number, Object.fromEntries(added));
    }
  });
  await Promise.all(nodes);
  const all = urls.map((url) => [url, 80]);
  expect(await counts()).toEqual(Object.fromEntries(all));
});

test('a batch with a row that is refused leaves neither a count nor its number', async () => {
  const node = randomUUID();
  const tooMuch = 2n ** 63n - 1n;
  await add(node, 1, { '/': 1 });
  await expect(add(node, 2, { '/': tooMuch, '/new': 1 })).rejects.toThrow(
    'out of range',
  );
  expect(await counts()).toEqual({ '/': 1 });
  await add(node, 2, { '/new': 1 });
  expect(await counts()).toEqual({ '/': 1, '/new': 1 });
});

test('a node is forgotten a month after its last batch', async () => {
  const [gone, here] = [randomUUID(), randomUUID()];
  await add(gone, 1, { '/': 1 });
  await add(here, 1, { '/': 1 });
  await pool.query(
    "UPDATE counting_nodes SET updated_at = now() - interval '31 days' WHERE node = $1",
    [gone],
  );
  await pool.query(sqlRegion(file, 'forget'));
  const { rows } = await pool.query('SELECT node FROM counting_nodes');
  expect(rows).toEqual([{ node: here }]);
});

async function add(
  node: string,
  number: number,
  additions: Readonly<Record<string, number | bigint>>,
): Promise<void> {
  const [urls, by] = [Object.keys(additions), Object.values(additions)];
  await pool.query(apply, [node, number, urls, by.map(String)]);
}

async function counts(): Promise<Record<string, number>> {
  const { rows } = await pool.query(
    'SELECT page_url, view_count FROM page_views',
  );
  return Object.fromEntries(
    rows.map(({ page_url, view_count }) => [page_url, Number(view_count)]),
  );
}
