import { isDeepStrictEqual } from 'node:util';
import { PostgresStore } from './postgres-store.ts';
import { RedisCache } from './redis-cache.ts';
import { type Session, sessions } from './sessions.ts';
import type { Services } from './wiring.ts';

/** What must be there, whoever has written it. */
export interface Expected {
  readonly sessions: ReadonlyMap<string, Session>;
  readonly views: ReadonlyMap<string, number>;
}

export interface Verified {
  readonly expected: number;
  /** Rows or entries that are there. */
  readonly found: number;
  /** Of them, those with the content that is expected. */
  readonly equal: number;
}

export type Verification = Readonly<
  Record<
    'user_sessions' | 'page_views' | 'Redis sessions' | 'Redis views',
    Verified
  >
>;

// #region verify
/** Reads PostgreSQL and Redis themselves, past every cache, and compares. */
export async function verify(
  services: Services,
  { sessions: visits, views }: Expected,
): Promise<Verification> {
  const { pool, redis, prefix } = services;
  const { rows: users } = await pool.query<{ readonly user_id: string }>(
    'SELECT user_id FROM user_sessions WHERE NOT deleted',
  );
  const table = new PostgresStore(pool, sessions);
  const stored: (readonly [string, unknown])[] = [];
  for (const { user_id } of users) {
    stored.push([user_id, await table.read(user_id)]);
  }
  const { rows: pages } = await pool.query(
    'SELECT page_url, view_count FROM page_views',
  );
  const counted = pages.map(
    ({ page_url, view_count }) => [page_url, Number(view_count)] as const,
  );
  return {
    user_sessions: compare(stored, visits),
    page_views: compare(counted, views),
    'Redis sessions': compare(
      await entries(redis, `${prefix}session:`),
      visits,
    ),
    'Redis views': compare(await entries(redis, `${prefix}views:`), views),
  };
}
// #endregion verify

function compare<V>(
  found: readonly (readonly [string, unknown])[],
  expected: ReadonlyMap<string, V>,
): Verified {
  const equal = found.filter(
    ([key, value]) =>
      expected.has(key) && isDeepStrictEqual(value, expected.get(key)),
  );
  return {
    expected: expected.size,
    found: found.length,
    equal: equal.length,
  };
}

async function entries(redis: Services['redis'], prefix: string) {
  const cache = new RedisCache<unknown>(redis, prefix);
  const found: (readonly [string, unknown])[] = [];
  for await (const keys of redis.scanIterator({ MATCH: `${prefix}*` })) {
    for (const name of keys) {
      const key = name.slice(prefix.length);
      const row = await cache.get(key);
      // An entry without a value says that there is no such row.
      if (row?.value !== undefined) found.push([key, row.value]);
    }
  }
  return found;
}
