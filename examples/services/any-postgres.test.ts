import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { openPostgres } from './any-postgres.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test("takes the reader's own, and leaves it alone", async () => {
  vi.stubEnv('DATABASE_URL', 'postgres://example.com/shop');
  const postgres = await openPostgres();
  expect(postgres).toMatchObject({
    url: 'postgres://example.com/shop',
    what: 'the one of DATABASE_URL',
  });
  await postgres.stop();
});

test('takes an embedded one where there is no other', async () => {
  vi.stubEnv('DATABASE_URL', '');
  const postgres = await openPostgres();
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await client.end();
  await postgres.stop();
});
