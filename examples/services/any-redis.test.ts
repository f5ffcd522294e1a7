import { createClient } from 'redis';
import { afterEach, expect, test, vi } from 'vitest';
import { type AnyRedis, openEmulator, openRedis } from './any-redis.ts';
import { findCommand } from './command.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test("takes the reader's own, and leaves it alone", async () => {
  vi.stubEnv('REDIS_URL', 'redis://example.com:6379');
  const redis = await openRedis();
  expect(redis).toMatchObject({
    url: 'redis://example.com:6379',
    what: 'the one of REDIS_URL',
  });
  await redis.stop();
});

test.skipIf(findCommand('redis-server') === undefined)(
  'redis-server: takes the one that is installed',
  async () => {
    vi.stubEnv('REDIS_URL', '');
    const redis = await openRedis();
    expect(redis.what).toContain('redis-server, started');
    expect(await answerOf(redis)).toBe('0');
    await redis.stop();
  },
);

test('says of an emulator that it is one, and ends it beside its clients', async () => {
  const redis = await openEmulator();
  expect(redis.what).toContain('EMULATOR');
  expect(await answerOf(redis)).toBe('0');
  const client = createClient({
    url: redis.url,
    socket: { reconnectStrategy: false },
  });
  await client.connect();
  const closed = new Promise((resolve) => client.once('error', resolve));
  await redis.stop();
  await closed;
});

test('takes an emulator where nothing is installed', async () => {
  vi.stubEnv('REDIS_URL', '');
  vi.stubEnv('PATH', '');
  const redis = await openRedis();
  expect(redis.what).toContain('EMULATOR');
  await redis.stop();
});

/** Scripts are what the caches of this project ask most of it. */
async function answerOf({ url }: AnyRedis): Promise<unknown> {
  const client = createClient({ url });
  client.on('error', () => {});
  await client.connect();
  await client.set('views', '0');
  const answer = await client.eval("return redis.call('GET', KEYS[1])", {
    keys: ['views'],
  });
  client.destroy();
  return answer;
}
