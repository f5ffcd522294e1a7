import type { RedisClientType } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnyRedis, openEmulator } from '../../services/any-redis.ts';
import { findCommand } from '../../services/command.ts';
import { freePort } from '../../services/free-port.ts';
import { startRedis } from '../../services/redis.ts';
import { connectRedis } from './connect-redis.ts';
import { RedisCache } from './redis-cache.ts';

const servers = [
  { name: 'an emulator', isThere: true, open: openEmulator },
  {
    name: 'redis-server',
    isThere: findCommand('redis-server') !== undefined,
    open: async () => startRedis({ appendfsync: 'no' }),
  },
];

describe.each(servers)('$name', ({ isThere, open }) => {
  describe.skipIf(!isThere)('keeps rows', () => {
    let server: Pick<AnyRedis, 'url' | 'stop'>;
    let client: RedisClientType;
    let cache: RedisCache<unknown>;
    const hour = 3_600_000;

    beforeAll(async () => {
      server = await open();
      client = await connectRedis(server.url);
      cache = new RedisCache(client, 'session:');
    });

    afterAll(async () => {
      client?.destroy();
      await server?.stop();
    });

    test('as they were, whatever they hold', async () => {
      for (const value of [0, '', false, null, ' a b', { cart: ['ラ'] }]) {
        await cache.put('linh', { value, version: 3 }, hour);
        expect(await cache.get('linh')).toEqual({ value, version: 3 });
      }
    });

    test('that are known to be absent, and finds none that it does not have', async () => {
      await cache.put('gone', { value: undefined, version: 4 }, hour);
      expect(await cache.get('gone')).toEqual({ value: undefined, version: 4 });
      expect(await cache.get('nobody')).toBeUndefined();
    });

    test('and no older one over a newer one', async () => {
      const large = 1_790_000_000_000_001;
      for (const version of [large, large - 1, 1]) {
        await cache.offer('minh', { value: version, version }, hour);
      }
      expect(await cache.get('minh')).toEqual({ value: large, version: large });
      await cache.offer('minh', { value: 'new', version: large + 1 }, hour);
      expect(await cache.get('minh')).toMatchObject({ value: 'new' });
      await cache.put('minh', { value: 'put', version: 1 }, hour);
      expect(await cache.get('minh')).toMatchObject({ value: 'put' });
    });

    test('of those that are offered at the same time, the newest', async () => {
      const versions = Array.from({ length: 50 }, (_, index) => index + 1);
      await Promise.all(
        versions.map((version) =>
          cache.offer('many', { value: version, version }, hour),
        ),
      );
      expect(await cache.get('many')).toEqual({ value: 50, version: 50 });
    });

    test('until their time is over, which is written to Redis', async () => {
      await cache.offer('brief', { value: 1, version: 1 }, 1000.5);
      await cache.put('longer', { value: 1, version: 1 }, 0.1);
      const left = await client.pTTL('session:brief');
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(1000);
    });

    test('until they are removed', async () => {
      await cache.put('left', { value: 1, version: 1 }, hour);
      await cache.remove('left');
      expect(await cache.get('left')).toBeUndefined();
    });
  });
});

test('a Redis that is away does not hold up who wants to connect', async () => {
  const url = `redis://127.0.0.1:${await freePort()}`;
  const client = await connectRedis(url);
  const cache = new RedisCache(client, 'session:');
  await expect(cache.get('linh')).rejects.toThrow();
  client.destroy();
});
