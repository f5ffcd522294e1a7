import type { Row } from './table.ts';

/**
 * A cache that several processes share, such as Redis or Memcached. It may
 * forget anything at any time. A time in milliseconds need not be whole.
 */
export interface SharedCache<K, V> {
  /** Undefined is a miss. A row without a value is known to be absent. */
  get(key: K): Promise<Row<V> | undefined>;
  /** Keeps the row, whatever it had before. */
  put(key: K, row: Row<V>, ttlMs: number): Promise<void>;
  /**
   * Keeps the row unless it has one of a higher version. Nobody sees it between
   * the comparison and the change: in Redis, it is a script.
   */
  offer(key: K, row: Row<V>, ttlMs: number): Promise<void>;
  remove(key: K): Promise<void>;
}

/** A cache that hands out the right to fill a gap. */
export interface LeasingCache<K, V> extends SharedCache<K, V> {
  /** Finds the row, or a gap: one caller at a time may fill it. */
  getOrLease(key: K, leaseMs: number): Promise<RowOrLease<V>>;
  /**
   * Keeps the row if the lease is still good: its time is not over, it has not
   * been used, and no put, offer or remove of the key has come since. Says
   * whether it was.
   */
  fill(key: K, row: Row<V>, lease: number, ttlMs: number): Promise<boolean>;
}

export type RowOrLease<V> =
  | { readonly type: 'row'; readonly row: Row<V> }
  /**
   * The gap is the caller's to fill, until `leaseMs` are over. No lease is given
   * twice, not even by a cache that has forgotten all.
   */
  | { readonly type: 'lease'; readonly lease: number }
  /** Somebody else has the lease. */
  | { readonly type: 'busy' };
