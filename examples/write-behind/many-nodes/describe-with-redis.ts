import { createClient, type RedisClientType } from 'redis';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';

/** Tests with a Redis of their own, which is empty when one of them begins. */
export function describeWithRedis(
  define: (ask: { server(): Server; redis(): RedisClientType }) => void,
): void {
  describe.skipIf(findCommand('redis-server') === undefined)(
    'redis-server:',
    () => {
      let server: Server | undefined;
      let redis: RedisClientType | undefined;

      beforeAll(async () => {
        server = await startRedis();
        redis = createClient({ url: server.url, disableOfflineQueue: true });
        redis.on('error', () => {});
        await redis.connect();
      });

      afterAll(async () => {
        redis?.destroy();
        await server?.stop();
      });

      beforeEach(async () => {
        await redis?.flushAll();
      });

      define({
        server: () => expectStarted(server),
        redis: () => expectStarted(redis),
      });
    },
  );
}

function expectStarted<T>(service: T | undefined): T {
  if (service !== undefined) return service;
  throw new Error('Redis is there when the tests run, and not before');
}
