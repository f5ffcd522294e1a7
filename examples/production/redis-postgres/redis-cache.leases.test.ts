import type { RedisClientType } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnyRedis, openEmulator } from '../../services/any-redis.ts';
import { findCommand } from '../../services/command.ts';
import { startRedis } from '../../services/redis.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import type { LeasingCache } from '../../shared/shared-cache.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CacheAside } from '../../strategies/cache-aside/cache-aside.ts';
import { connectRedis } from './connect-redis.ts';
import { RedisCache } from './redis-cache.ts';

const hour = 3_600_000;
const leaseMs = 10_000;

/** A cache, and what a test does to it from outside. */
interface Stage {
  readonly cache: LeasingCache<string, unknown>;
  /** Lets the time of a key be over. */
  expire(key: string): Promise<unknown>;
  /** It restarts empty. */
  forgetAll(): Promise<unknown>;
  stop(): Promise<void>;
}

async function inMemory(): Promise<Stage> {
  const clock = new VirtualClock();
  const cache = new InMemoryCache<string, unknown>({ clock });
  return {
    cache,
    expire: () => clock.advance(hour),
    forgetAll: async () => cache.clear(),
    stop: async () => {},
  };
}

async function inRedis(
  open: () => Promise<Pick<AnyRedis, 'url' | 'stop'>>,
): Promise<Stage & { readonly client: RedisClientType }> {
  const server = await open();
  const client = await connectRedis(server.url);
  return {
    client,
    cache: new RedisCache(client, 'user:'),
    expire: (key) => client.pExpire(`user:${key}`, 0),
    forgetAll: () => client.flushAll(),
    async stop() {
      client.destroy();
      await server.stop();
    },
  };
}

const startReal = async () => startRedis({ appendfsync: 'no' });
const isInstalled = findCommand('redis-server') !== undefined;

const caches = [
  { name: 'in memory', isThere: true, open: inMemory },
  { name: 'an emulator', isThere: true, open: () => inRedis(openEmulator) },
  {
    name: 'redis-server',
    isThere: isInstalled,
    open: () => inRedis(startReal),
  },
];

describe.each(caches)('a lease, $name', ({ isThere, open }) => {
  describe.skipIf(!isThere)('in a cache', () => {
    let stage: Stage;
    let cache: LeasingCache<string, unknown>;

    beforeAll(async () => {
      stage = await open();
      cache = stage.cache;
    });

    afterAll(() => stage?.stop());

    async function leaseOf(key: string): Promise<number> {
      const found = await cache.getOrLease(key, leaseMs);
      if (found.type !== 'lease') throw new Error(`expected a gap at ${key}`);
      return found.lease;
    }

    test('lets its owner fill the gap, once', async () => {
      const lease = await leaseOf('linh');
      expect(await cache.get('linh')).toBeUndefined();
      const row = { value: { plan: 'プロ' }, version: 0 };
      expect(await cache.fill('linh', row, lease, hour)).toBe(true);
      expect(await cache.getOrLease('linh', leaseMs)).toEqual({
        type: 'row',
        row,
      });
      const other = { value: 'team', version: 9 };
      expect(await cache.fill('linh', other, lease, hour)).toBe(false);
      expect(await cache.get('linh')).toEqual(row);
    });

    test('fills in that there is nothing', async () => {
      const nothing = { value: undefined, version: 0 };
      const lease = await leaseOf('nobody');
      await cache.fill('nobody', nothing, lease, hour);
      expect(await cache.getOrLease('nobody', leaseMs)).toEqual({
        type: 'row',
        row: nothing,
      });
    });

    test('is given to one of those who ask at the same time', async () => {
      const found = await Promise.all(
        Array.from({ length: 50 }, () => cache.getOrLease('crowd', leaseMs)),
      );
      const types = found.map(({ type }) => type).sort();
      expect(types).toEqual([...Array(49).fill('busy'), 'lease']);
    });

    const newer = { value: 'pro', version: 2 };
    test.each([
      ['put', newer, () => cache.put('minh', newer, hour)],
      ['offer', newer, () => cache.offer('minh', newer, hour)],
      ['remove', undefined, () => cache.remove('minh')],
    ])('is over after a change: %s', async (_, left, change) => {
      await cache.remove('minh');
      const lease = await leaseOf('minh');
      await change();
      const late = { value: 'team', version: 1 };
      expect(await cache.fill('minh', late, lease, hour)).toBe(false);
      expect(await cache.get('minh')).toEqual(left);
    });

    test('is over after its time, and the gap is given to another', async () => {
      const first = await leaseOf('late');
      await stage.expire('late');
      const row = { value: 1, version: 1 };
      expect(await cache.fill('late', row, first, hour)).toBe(false);
      const second = await leaseOf('late');
      expect(await cache.fill('late', row, first, hour)).toBe(false);
      expect(await cache.fill('late', row, second, hour)).toBe(true);
    });

    test('does not outlive the cache that gave it out', async () => {
      const before = await leaseOf('gone');
      await stage.forgetAll();
      const after = await leaseOf('gone');
      expect(after).not.toBe(before);
      const row = { value: 1, version: 1 };
      expect(await cache.fill('gone', row, before, hour)).toBe(false);
    });

    test('keeps a slow reader from putting the old row back', async () => {
      const users = new CacheAside<string, unknown>({
        cache,
        cacheTimeoutMs: 10_000,
        onCacheError: (error) => {
          throw error;
        },
      });
      let plan = 'team';
      const find = async () => ({ value: plan, version: 0 });
      const slow = await users.get('haruka', async () => {
        const row = await find();
        plan = 'pro';
        await users.invalidate('haruka');
        return row;
      });
      expect(slow).toBe('team');
      expect(await users.get('haruka', find)).toBe('pro');
    });
  });
});

test.skipIf(!isInstalled)('Redis itself ends a lease', async () => {
  const { client, cache, stop } = await inRedis(startReal);
  await cache.getOrLease('linh', 1000.5);
  const left = await client.pTTL('user:linh');
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(1000);
  await stop();
});
