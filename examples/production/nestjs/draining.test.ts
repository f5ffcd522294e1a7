import { readFileSync } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import path from 'node:path';
import { CACHE_MANAGER, type Cache } from '@nestjs/cache-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../../services/postgres.ts';
import type { Server as Service } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { AppProcess } from './app-process.ts';
import { runApp } from './running-app.ts';

const behind = '/cache-strategies/write-behind';

describe.skipIf(process.platform === 'win32')('a signal', () => {
  let postgres: Service;

  beforeAll(async () => {
    postgres = await startPostgres();
  });

  afterAll(() => postgres.stop());

  /** Its batches never set out by themselves. */
  const start = (drainMs: number) =>
    AppProcess.start({
      DATABASE_URL: postgres.url,
      MAX_DELAY_MS: '600000',
      MAX_AGE_MS: '1200000',
      DRAIN_MS: String(drainMs),
    });

  async function changeAll(app: AppProcess, stock: number): Promise<void> {
    for (const id of ['1', '2', '3']) {
      const { status } = await fetch(`${app.url}${behind}/${id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ stock }),
      });
      expect(status).toBe(202);
    }
  }

  test('that comes while all waits: it is stored, and the process ends well', async () => {
    await using app = await start(600_000);
    await changeAll(app, 71);
    app.signal('SIGTERM');
    expect(await app.ended).toMatchObject({ code: 0, signal: null });
    const messages = app.lines.map(({ message }) => message);
    expect(messages).toContain('draining: 3 writes to go');
    expect(messages).toContain('stored 3 writes, 0 are left');
    await using pool = new Pool(postgres);
    const { rows } = await pool.query(
      'SELECT id, stock FROM products_write_behind ORDER BY id',
    );
    expect(rows).toEqual(['1', '2', '3'].map((id) => ({ id, stock: 71 })));
  });

  test('with a database that hangs: what is left is kept', async () => {
    await using app = await start(200);
    await changeAll(app, 73);
    await using pool = new Pool(postgres);
    const client = await pool.connect();
    try {
      await client.query('BEGIN; LOCK TABLE products_write_behind');
      app.signal('SIGINT');
      expect(await app.ended).toMatchObject({ code: 1, signal: null });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    const left = readFileSync(path.join(app.directory, 'left.jsonl'), 'utf8');
    const operations = left
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(operations).toMatchObject(
      ['1', '2', '3'].map((key) => ({
        key,
        type: 'set',
        value: { stock: 73 },
      })),
    );
  });
});

test('requests under way end before the cache leaves Redis', async () => {
  await using app = await runApp();
  const [keyv] = app.app.get<Cache>(CACHE_MANAGER).stores;
  const events = new Set<string>();
  keyv?.on('disconnect', () => events.add('the cache is disconnected'));
  const server: Server = app.app.getHttpServer();
  server.on('request', (_, response: ServerResponse) =>
    response.on('finish', () => events.add(`answered: ${response.statusCode}`)),
  );
  const rows = app.database.rowsOf('write-through');
  rows.hang();
  const asked = new Promise<void>((resolve) => {
    const { find } = rows;
    rows.find = (id) => {
      resolve();
      return find.call(rows, id);
    };
  });
  const path = '/cache-strategies/write-through/1';
  const answered = app.ask('PUT', path, { stock: 5 });
  await asked;
  const closed = app.app.close();
  await expect(app.ask('GET', '/health/live')).rejects.toThrow('fetch failed');
  expect([...events]).toEqual([]);
  rows.recover();
  await Promise.all([answered, closed]);
  expect([...events]).toEqual(['answered: 200', 'the cache is disconnected']);
});
