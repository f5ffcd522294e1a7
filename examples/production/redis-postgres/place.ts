import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { applySchema } from './apply-schema.ts';
import { connectRedis } from './connect-redis.ts';
import { openPool } from './open-pool.ts';
import type { Services } from './wiring.ts';

export interface Addresses {
  readonly postgres: { readonly url: string };
  readonly redis: { readonly url: string };
}

export interface Place extends Services {
  /** Of its schema, and of its connections. */
  readonly name: string;
  close(): Promise<void>;
}

/** Tables and keys that nobody else has, so that a reader's own are left alone. */
export async function openPlace(
  { postgres, redis: { url } }: Addresses,
  log: (error: unknown) => void,
  config: pg.PoolConfig = {},
): Promise<Place> {
  const redis = await connectRedis(url);
  if (!redis.isReady) {
    redis.destroy();
    throw new Error(`No Redis answers at ${new URL(url).host}`);
  }
  const name = `dirty_bit_${randomUUID().replaceAll('-', '')}`;
  const schema = pg.escapeIdentifier(name);
  const pool = openPool(postgres.url, {
    options: `-c search_path=${name}`,
    application_name: name,
    ...config,
  });
  await pool.query(`CREATE SCHEMA ${schema}`);
  await applySchema(pool);
  return {
    ...{ name, pool, redis, prefix: `${name}:`, log },
    // For machines that are as slow as they like.
    cacheTimeoutMs: 60_000,
    async close() {
      for await (const keys of redis.scanIterator({ MATCH: `${name}:*` })) {
        if (keys.length > 0) await redis.del(keys);
      }
      redis.destroy();
      await pool.query(`DROP SCHEMA ${schema} CASCADE`);
      await pool.end();
    },
  };
}
