/** Page views in PostgreSQL, as increments, and their sums in Redis. */
import type { Pool } from 'pg';
import { systemClock } from '../../shared/clock.ts';
import { ForgivingCache } from '../../shared/forgiving-cache.ts';
import type { SharedCache } from '../../shared/shared-cache.ts';
import type {
  CounterBatch,
  CounterStore,
} from '../../write-behind/counters/counter-store.ts';
import { query } from './postgres-query.ts';

// #region apply
const apply = `
WITH accepted AS (
  INSERT INTO counting_nodes (node, last_batch)
  VALUES ($1, $2)
  ON CONFLICT (node) DO UPDATE
    SET last_batch = excluded.last_batch, updated_at = now()
    WHERE counting_nodes.last_batch < excluded.last_batch
  RETURNING node
)
INSERT INTO page_views AS stored (page_url, view_count)
SELECT page_url, view_count
FROM accepted, jsonb_to_recordset($3)
  AS batch (page_url text, view_count bigint)
ORDER BY page_url
ON CONFLICT (page_url) DO UPDATE SET
  view_count = stored.view_count + excluded.view_count,
  updated_at = now()
RETURNING page_url, view_count`;
// #endregion apply

const increment = `
INSERT INTO page_views AS stored (page_url, view_count) VALUES ($1, 1)
ON CONFLICT (page_url) DO UPDATE SET
  view_count = stored.view_count + 1,
  updated_at = now()
RETURNING page_url, view_count`;

const find = `
SELECT page_url, view_count FROM page_views WHERE page_url = ANY($1)`;

export interface PostgresCountersOptions {
  readonly pool: Pool;
  readonly cache: SharedCache<string, number>;
  readonly onCacheError: (error: unknown) => void;
  readonly ttlMs: number;
  /** Milliseconds that a call of the cache is waited for. Default: 50. */
  readonly cacheTimeoutMs?: number;
}

export class PostgresCounters implements CounterStore {
  readonly #pool: Pool;
  readonly #cache: ForgivingCache<string, number>;
  readonly #ttlMs: number;

  constructor(options: PostgresCountersOptions) {
    const { pool, cache, onCacheError, ttlMs, cacheTimeoutMs = 50 } = options;
    this.#pool = pool;
    this.#cache = new ForgivingCache({
      cache,
      clock: systemClock,
      timeoutMs: cacheTimeoutMs,
      onError: onCacheError,
    });
    this.#ttlMs = ttlMs;
  }

  /** For whoever counts behind. A batch that comes again adds nothing. */
  async apply({ id, additions }: CounterBatch): Promise<void> {
    const rows = additions.map(({ key, by }) => ({
      page_url: key,
      view_count: by,
    }));
    const text = JSON.stringify(rows);
    const counted = await query<Sum>(
      this.#pool,
      apply,
      id.node,
      id.number,
      text,
    );
    const urls = additions.map(({ key }) => key);
    // It was counted before, and the answer was lost.
    const isRepeated = counted.length === 0;
    await this.#tell(
      isRepeated ? await query(this.#pool, find, urls) : counted,
    );
  }

  /** For whoever counts through. After an error, nobody knows. */
  async increment(url: string): Promise<void> {
    await this.#tell(await query(this.#pool, increment, url));
  }

  async count(url: string): Promise<number> {
    const row = await this.#cache.get(url);
    if (row?.value !== undefined) return row.value;
    const sums = await query<Sum>(this.#pool, find, [url]);
    await this.#tell(sums);
    return Number(sums[0]?.view_count ?? 0);
  }

  // #region tell
  /** A sum that only grows is its own version. */
  async #tell(sums: readonly Sum[]): Promise<void> {
    const offers = sums.map(async ({ page_url, view_count }) => {
      const value = Number(view_count);
      await this.#cache.offer(page_url, { value, version: value }, this.#ttlMs);
    });
    await Promise.all(offers);
  }
  // #endregion tell
}

interface Sum {
  readonly page_url: string;
  /** The driver does not squeeze a bigint into a number. */
  readonly view_count: string;
}
