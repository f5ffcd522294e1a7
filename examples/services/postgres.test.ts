import pg from 'pg';
import { expect, test } from 'vitest';
import { startPostgres } from './postgres.ts';
import type { Server } from './server.ts';

test('what was committed is there after it was killed', async () => {
  await using postgres = await startPostgres();
  await query(postgres, 'CREATE TABLE views (url text PRIMARY KEY, count int)');
  await query(postgres, "INSERT INTO views VALUES ('/', 3)");
  await postgres.kill();
  await expect(query(postgres, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  await postgres.restart();
  const { rows } = await query(postgres, 'SELECT url, count FROM views');
  expect(rows).toEqual([{ url: '/', count: 3 }]);
});

async function query({ url }: Server, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
