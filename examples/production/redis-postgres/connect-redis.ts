import { createClient, type RedisClientType } from 'redis';

/** Resolves as soon as it is known whether Redis is there. */
/** Without a Redis as well: it goes on trying. */
export async function connectRedis(
  url: string,
  socketTimeout = 3000,
): Promise<RedisClientType> {
  const client: RedisClientType = createClient({
    url,
    // Who cannot ask now goes to the database, and does not wait.
    disableOfflineQueue: true,
    // Of a Redis that hangs, nobody waits for the answers, but they are kept.
    commandsQueueMaxLength: 10_000,
    pingInterval: socketTimeout / 3,
    socket: {
      connectTimeout: 2000,
      socketTimeout,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 1000),
    },
  });
  // Otherwise a connection that breaks would end the process.
  client.on('error', () => {});
  // It goes on trying. A cache that is away must not hold up a start.
  const failed = new Promise((resolve) => client.once('error', resolve));
  await Promise.race([client.connect(), failed]);
  return client;
}
