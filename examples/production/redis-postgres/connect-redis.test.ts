import type { RedisClientType } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { freePort } from '../../services/free-port.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';
import { connectRedis } from './connect-redis.ts';

test('without a Redis, a process starts, and its calls fail at once', async () => {
  const port = await freePort();
  const client = await connectRedis(`redis://127.0.0.1:${port}`);
  await expect(client.get('linh')).rejects.toThrow();
  client.destroy();
});

describe.skipIf(findCommand('redis-server') === undefined)(
  'redis-server: one that hangs',
  () => {
    let redis: Server;
    const clients: RedisClientType[] = [];

    beforeAll(async () => {
      redis = await startRedis({ appendfsync: 'no' });
    });

    afterEach(() => {
      for (const client of clients.splice(0)) client.destroy();
    });

    afterAll(() => redis?.stop());

    async function connectToHung(socketTimeout?: number) {
      const client = await connectRedis(redis.url, socketTimeout);
      clients.push(client);
      const other = await connectRedis(redis.url);
      clients.push(other);
      await other.sendCommand(['CLIENT', 'PAUSE', '60000', 'ALL']);
      return client;
    }

    test('is given up, and the call with it', async () => {
      const client = await connectToHung(100);
      await expect(client.get('linh')).rejects.toThrow();
      await redis.kill();
      await redis.restart();
    });

    test('is sent so many calls, and no more', async () => {
      const client = await connectToHung();
      const calls = Array.from({ length: 10_001 }, () => client.get('linh'));
      const ended = Promise.allSettled(calls);
      await expect(calls.at(-1)).rejects.toThrow('full');
      await redis.kill();
      await ended;
    });
  },
);
