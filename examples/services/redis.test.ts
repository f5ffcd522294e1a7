import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { findCommand } from './command.ts';
import { startRedis } from './redis.ts';

test.skipIf(findCommand('redis-server') === undefined)(
  'redis-server: what was acknowledged is there after it was killed',
  async () => {
    await using redis = await startRedis({ appendfsync: 'always' });
    const client = createClient({ url: redis.url });
    client.on('error', () => {});
    await client.connect();
    await client.set('views', 3);
    await redis.kill();
    await redis.restart();
    expect(await client.get('views')).toBe('3');
    client.destroy();
  },
);
