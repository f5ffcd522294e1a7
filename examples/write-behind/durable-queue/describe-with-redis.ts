import { createClient, type RedisClientType } from 'redis';
import { afterAll, beforeAll, describe } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';

interface Closable {
  close(): Promise<void>;
}

interface Given {
  /** May be killed, by a test that restarts it. */
  redis(): Server;
  /** What it is asked while Redis is gone waits until that is back. */
  admin(): RedisClientType;
  /** Is closed when all tests have ended: what was opened last, first. */
  opened<C extends Closable>(closable: C): C;
}

/** Tests that share a Redis, in which each has keys of its own. */
export function describeWithRedis(define: (given: Given) => void): void {
  describe.skipIf(findCommand('redis-server') === undefined)(
    'redis-server',
    () => {
      let redis: Server | undefined;
      let admin: RedisClientType | undefined;
      const closables: Closable[] = [];

      beforeAll(async () => {
        redis = await startRedis();
        admin = createClient({ url: redis.url });
        admin.on('error', () => {});
        await admin.connect();
      });

      afterAll(async () => {
        try {
          for (const closable of closables.reverse()) await closable.close();
        } finally {
          if (admin?.isOpen) admin.destroy();
          await redis?.stop();
        }
      });

      define({
        redis: () => expectStarted(redis),
        admin: () => expectStarted(admin),
        opened(closable) {
          closables.push(closable);
          return closable;
        },
      });
    },
  );
}

function expectStarted<T>(started: T | undefined): T {
  if (started !== undefined) return started;
  throw new Error('Redis is there when the tests run, and not before');
}
