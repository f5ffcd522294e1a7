import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
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

test('the system gets its shared memory back', async () => {
  const postgres = await startPostgres();
  const file = path.join(postgres.directory, 'data/postmaster.pid');
  const line = fs.readFileSync(file, 'utf8').split('\n')[6];
  const [id = ''] = line?.trim().split(/\s+/).slice(1) ?? [];
  const sharedMemory = () =>
    execFileSync('ipcs', ['-m'], { encoding: 'utf8' }).split(/\s+/);
  expect(sharedMemory()).toContain(id);
  await postgres.stop();
  expect(sharedMemory()).not.toContain(id);
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
