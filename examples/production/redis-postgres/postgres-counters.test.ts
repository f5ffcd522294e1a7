import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { applySchema } from './apply-schema.ts';
import { PostgresCounters } from './postgres-counters.ts';

let postgres: Server;
let pool: Pool;
let cache: InMemoryCache<string, number>;
let errors: unknown[];
let counters: PostgresCounters;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = new Pool(postgres);
  await applySchema(pool);
});

afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

beforeEach(async () => {
  await pool.query('TRUNCATE page_views, counting_nodes');
  cache = new InMemoryCache();
  errors = [];
  const onCacheError = (error: unknown) => errors.push(error);
  counters = new PostgresCounters({ pool, cache, onCacheError, ttlMs: 1000 });
});

function batch(node: string, number: number, by: number) {
  return { id: { node, number }, additions: [{ key: '/', by }] };
}

test('a batch is counted once, and told to the cache, however often it comes', async () => {
  const node = randomUUID();
  await counters.apply(batch(node, 1, 3));
  cache.clear();
  // Its answer was lost: nobody has told the cache.
  await counters.apply(batch(node, 1, 3));
  expect(cache.peek('/')).toEqual({ value: 3, version: 3 });
  await counters.apply(batch(node, 2, 4));
  expect(await counters.count('/')).toBe(7);
});

test('those who count at the same time, behind or through, add up', async () => {
  await Promise.all([
    ...Array.from({ length: 10 }, () => counters.increment('/')),
    ...Array.from({ length: 10 }, () =>
      counters.apply(batch(randomUUID(), 1, 2)),
    ),
  ]);
  expect(cache.peek('/')).toEqual({ value: 30, version: 30 });
  cache.clear();
  expect(await counters.count('/')).toBe(30);
  expect(await counters.count('/none')).toBe(0);
});

test('a cache that fails is reported, and changes no count', async () => {
  cache.breakDown();
  await counters.increment('/');
  await counters.apply(batch(randomUUID(), 1, 2));
  expect(await counters.count('/')).toBe(3);
  expect(errors.length).toBeGreaterThan(2);
});

test('nor does one that hangs, and nobody waits for it for long', async () => {
  cache.hang();
  await counters.increment('/');
  await counters.apply(batch(randomUUID(), 1, 2));
  expect(await counters.count('/')).toBe(3);
  expect(errors.length).toBeGreaterThan(2);
  cache.recover();
});

test('what the database refuses is rejected', async () => {
  const tooMuch = batch(randomUUID(), 1, Number.MAX_VALUE);
  await expect(counters.apply(tooMuch)).rejects.toThrow('bigint');
});
