import { findCommand } from './command.ts';
import { startRedis } from './redis.ts';
import { startRedisEmulator } from './redis-emulator.ts';

/** A Redis for a demo, wherever it comes from. */
export interface AnyRedis {
  readonly url: string;
  /** Says what it is: who reads the output must know an emulator from Redis. */
  readonly what: string;
  stop(): Promise<void>;
}

/** The reader's own, or one that is installed, or an emulator. */
export async function openRedis(): Promise<AnyRedis> {
  const { REDIS_URL: url } = process.env;
  if (url) return { url, what: 'the one of REDIS_URL', stop: async () => {} };
  if (findCommand('redis-server') === undefined) return openEmulator();
  const server = await startRedis({ appendfsync: 'everysec' });
  return {
    url: server.url,
    what: 'redis-server, started for this run',
    stop: () => server.stop(),
  };
}

export async function openEmulator(): Promise<AnyRedis> {
  const server = await startRedisEmulator();
  return {
    url: server.url,
    what: 'AN EMULATOR (js-redis-server), since no redis-server is installed',
    stop: () => server.stop(),
  };
}
