import type { Pool } from 'pg';
import type { RedisClientType } from 'redis';
import {
  type DeadLetter,
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { WriteThroughCache } from '../../strategies/write-through/write-through-cache.ts';
import { CachedStore } from './cached-store.ts';
import { isolatePoison } from './isolate-poison.ts';
import { PostgresCounters } from './postgres-counters.ts';
import { PostgresStore } from './postgres-store.ts';
import { RedisCache } from './redis-cache.ts';
import { type Session, sessions } from './sessions.ts';

export interface Services {
  readonly pool: Pool;
  readonly redis: RedisClientType;
  /** Of the keys in Redis. */
  readonly prefix: string;
  readonly log: (error: unknown) => void;
  /** Milliseconds that Redis is waited for: 50, where it is near. */
  readonly cacheTimeoutMs: number;
}

export const ttlMs = 3_600_000;

// #region through
export function sessionsThrough({
  pool,
  redis,
  prefix,
  log,
  cacheTimeoutMs,
}: Services) {
  return new WriteThroughCache({
    table: new PostgresStore(pool, sessions),
    cache: new RedisCache<Session>(redis, `${prefix}session:`),
    onCacheError: log,
    cacheTimeoutMs,
    ttlMs,
  });
}
// #endregion through

// #region behind
export function sessionStore(services: Services) {
  const { pool, redis, prefix, log, cacheTimeoutMs } = services;
  const table = new PostgresStore(pool, sessions);
  return new CachedStore({
    store: isolatePoison(table),
    table,
    cache: new RedisCache<Session>(redis, `${prefix}session:`),
    onCacheError: log,
    cacheTimeoutMs,
    ttlMs,
  });
}

export function sessionsBehind(
  services: Services,
  onDeadLetter: (letter: DeadLetter<string, Session>) => Promise<void> | void,
  options: Partial<WriteBehindOptions<string, Session>> = {},
) {
  return new WriteBehindCache({
    store: sessionStore(services),
    onDeadLetter,
    maxBatchSize: 10,
    maxDelayMs: 5000,
    // An outage may take an hour. What fails for good is given up at once.
    retry: { attempts: 2000, maxDelayMs: 5000 },
    ...options,
  });
}
// #endregion behind

export function countersOf(services: Services) {
  const { pool, redis, prefix, log, cacheTimeoutMs } = services;
  return new PostgresCounters({
    ...{ pool, cacheTimeoutMs },
    cache: new RedisCache<number>(redis, `${prefix}views:`),
    onCacheError: log,
    ttlMs,
  });
}
