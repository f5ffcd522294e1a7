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

export interface Place extends Services, AsyncDisposable {
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
  const close = async () => {
    try {
      const keys: string[] = [];
      const found = redis.scanIterator({ MATCH: `${name}:*` });
      // The emulator would miss some if others were deleted meanwhile.
      for await (const some of found) keys.push(...some);
      if (keys.length > 0) await redis.del(keys);
    } finally {
      redis.destroy();
      try {
        await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      } finally {
        await pool.end();
      }
    }
  };
  try {
    await pool.query(`CREATE SCHEMA ${schema}`);
    await applySchema(pool);
  } catch (error) {
    // Its own error is the one that says what is wrong.
    await Promise.allSettled([close()]);
    throw error;
  }
  return {
    ...{ name, pool, redis, prefix: `${name}:`, log },
    // For machines that are as slow as they like.
    cacheTimeoutMs: 60_000,
    close,
    [Symbol.asyncDispose]: close,
  };
}
