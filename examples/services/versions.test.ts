import { expect, test } from 'vitest';
import { findCommand } from './command.ts';
import { startNats } from './nats.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import { startedVersions } from './versions.ts';

test('PostgreSQL says its version when it starts', async () => {
  await using _ = await startPostgres();
  expect(startedVersions()).toMatchObject({
    PostgreSQL: expect.stringMatching(/^\d+\.\d+$/),
  });
});

test.skipIf(findCommand('nats-server') === undefined)(
  'nats-server: it says its version when it starts',
  async () => {
    await using _ = await startNats();
    expect(startedVersions()).toMatchObject({
      'nats-server': expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  },
);

test.skipIf(findCommand('redis-server') === undefined)(
  'redis-server: it says its version when it starts',
  async () => {
    await using _ = await startRedis();
    expect(startedVersions()).toMatchObject({
      Redis: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  },
);
