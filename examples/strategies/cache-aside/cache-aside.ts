/**
 * Cache-aside, as far as it can be written once: the application reads through
 * `get`, writes its table itself, and calls `invalidate` after the commit. To
 * own it, copy this file and those that it imports, with those that they import.
 */
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay } from '../../shared/expect-option.ts';
import { ForgivingLeasingCache } from '../../shared/forgiving-cache.ts';
import type { LeasingCache } from '../../shared/shared-cache.ts';
import type { Row } from '../../shared/table.ts';

// #region options
export interface CacheAsideOptions<K, V> {
  /** Other processes may share it, if they write as this one does. */
  readonly cache: LeasingCache<K, V>;
  /**
   * Hears the errors of the cache, which no caller does. Required, or nobody
   * would know that reads may be old. It must not throw.
   * Example: `(error) => log.warn(error)`.
   */
  readonly onCacheError: (error: unknown) => void;
  /**
   * Milliseconds that a row may be cached from when the table was asked for it:
   * the longest that an old one is read. Default: 60,000.
   */
  readonly ttlMs?: number;
  /**
   * Milliseconds that a reader has to fill a gap. A table that answers later
   * than that is never cached. Default: 10,000.
   */
  readonly leaseMs?: number;
  /** Milliseconds that a call of the cache is waited for. Default: 50. */
  readonly cacheTimeoutMs?: number;
  /** Default: the system's. A test passes one that it moves itself. */
  readonly clock?: Clock;
}
// #endregion options

export class CacheAside<K, V> {
  readonly #cache: ForgivingLeasingCache<K, V>;
  readonly #ttlMs: number;
  readonly #leaseMs: number;
  readonly #clock: Clock;

  constructor(options: CacheAsideOptions<K, V>) {
    const { cache, onCacheError, clock = systemClock } = options;
    const { ttlMs = 60_000, leaseMs = 10_000, cacheTimeoutMs = 50 } = options;
    expectDelay('ttlMs', ttlMs);
    expectDelay('leaseMs', leaseMs);
    expectDelay('cacheTimeoutMs', cacheTimeoutMs);
    this.#cache = new ForgivingLeasingCache({
      cache,
      clock,
      timeoutMs: cacheTimeoutMs,
      onError: onCacheError,
    });
    this.#ttlMs = ttlMs;
    this.#leaseMs = leaseMs;
    this.#clock = clock;
  }

  // #region read
  /**
   * What is cached, or else what the load finds in the table. Where rows have no
   * version, it gives 0: a lease does not look at it.
   */
  async get(key: K, load: (key: K) => Promise<Row<V>>): Promise<V | undefined> {
    const found = await this.#cache.getOrLease(key, this.#leaseMs);
    if (found.type === 'row') return found.row.value;
    const asked = this.#clock.now();
    const row = await load(key);
    if (found.type === 'lease') await this.#fill(key, row, found.lease, asked);
    return row.value;
  }

  async #fill(key: K, row: Row<V>, lease: number, asked: number) {
    // It may have been replaced since then, and nobody will tell us.
    const ttlMs = asked + this.#ttlMs - this.#clock.now();
    if (ttlMs > 0) await this.#cache.fill(key, row, lease, ttlMs);
  }
  // #endregion read

  // #region invalidate
  /**
   * Takes the row away, and the lease of whoever is about to fill the gap. Call
   * it when a write is over, even by an error: the row may be committed.
   */
  async invalidate(key: K): Promise<void> {
    await this.#cache.remove(key);
  }
  // #endregion invalidate
}
