import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';
import { cacheStore } from './cache-store.ts';
import { runApp } from './running-app.ts';

const isMissing = findCommand('redis-server') === undefined;

describe.skipIf(isMissing)('redis-server: with a Redis', () => {
  let redis: Server;

  beforeAll(async () => {
    redis = await startRedis({ appendfsync: 'no' });
  });

  afterAll(() => redis.stop());

  async function keys(): Promise<string[]> {
    const client = await createClient({ url: redis.url }).connect();
    try {
      return (await client.keys('*')).sort();
    } finally {
      client.destroy();
    }
  }

  test('rows are there, each with an end, and gone after a change', async () => {
    await using app = await runApp({
      REDIS_URL: redis.url,
      CACHE_TIMEOUT_MS: '60000',
    });
    await app.ask('GET', '/cache-strategies/cache-aside/1');
    await app.ask('PUT', '/cache-strategies/write-through/1', { stock: 5 });
    expect(await keys()).toEqual(['cache-aside:1', 'write-through:1']);
    const client = await createClient({ url: redis.url }).connect();
    for (const key of await keys()) {
      expect(await client.pTTL(key)).toBeGreaterThan(0);
    }
    client.destroy();
    const { body } = await app.ask('GET', '/cache-strategies/cache-aside/1');
    expect(body.message).toBe('found in the cache');
    await app.ask('PUT', '/cache-strategies/cache-aside/1', { stock: 5 });
    expect(await keys()).toEqual(['write-through:1']);
  });

  test('that is killed and comes back, all requests are answered', async () => {
    await using app = await runApp({ REDIS_URL: redis.url });
    const path = '/cache-strategies/write-through/2';
    await app.ask('PUT', path, { stock: 1 });
    await redis.kill();
    for (const stock of [2, 3, 4]) {
      expect((await app.ask('PUT', path, { stock })).status).toBe(200);
      const { body } = await app.ask('GET', path);
      expect(body).toMatchObject({ product: { stock } });
    }
    await redis.restart();
  });

  test('that is down at the start, all requests are answered', async () => {
    await redis.kill();
    await using app = await runApp({ REDIS_URL: redis.url });
    for (const strategy of ['cache-aside', 'write-through']) {
      const path = `/cache-strategies/${strategy}/3`;
      expect((await app.ask('GET', path)).status).toBe(200);
      expect((await app.ask('PUT', path, { stock: 2 })).status).toBe(200);
      const { body } = await app.ask('GET', path);
      expect(body).toMatchObject({ product: { stock: 2 } });
    }
    await redis.restart();
  });
});

test('a cache in memory forgets beyond its bound', async () => {
  const keyv = cacheStore(undefined, () => {});
  for (let id = 0; id <= 10_000; id += 1) await keyv.set(`lamp:${id}`, id);
  expect(await keyv.get('lamp:0')).toBeUndefined();
  expect(await keyv.get('lamp:10000')).toBe(10_000);
});
