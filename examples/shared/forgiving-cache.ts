import type { Clock } from './clock.ts';
import type { LeasingCache, RowOrLease, SharedCache } from './shared-cache.ts';
import type { Row } from './table.ts';
import { within } from './timeout.ts';

export interface ForgivingCacheOptions<C> {
  readonly cache: C;
  readonly clock: Clock;
  /** Milliseconds that a call may take. */
  readonly timeoutMs: number;
  /** Hears what went wrong, since nobody else does. */
  readonly onError: (error: unknown) => void;
}

/**
 * A shared cache that never fails or holds up its caller: whoever has the
 * database can do without it. Nobody knows whether a change that failed has been
 * made, or is still on its way.
 */
export class ForgivingCache<
  K,
  V,
  C extends SharedCache<K, V> = SharedCache<K, V>,
> {
  readonly #options: ForgivingCacheOptions<C>;

  constructor(options: ForgivingCacheOptions<C>) {
    this.#options = options;
  }

  /** Where the cache does not answer, it is as if it knew nothing. */
  async get(key: K): Promise<Row<V> | undefined> {
    const answer = await this.ask((cache) => cache.get(key));
    return answer?.result;
  }

  /** Says whether it was done, or a newer row was there. */
  async offer(key: K, row: Row<V>, ttlMs: number): Promise<boolean> {
    return this.#change((cache) => cache.offer(key, row, ttlMs));
  }

  /** Says whether it was done. */
  async remove(key: K): Promise<boolean> {
    return this.#change((cache) => cache.remove(key));
  }

  async #change(call: (cache: C) => Promise<void>): Promise<boolean> {
    return (await this.ask(call)) !== undefined;
  }

  protected async ask<T>(
    call: (cache: C) => Promise<T>,
  ): Promise<{ readonly result: T } | undefined> {
    const { cache, clock, timeoutMs, onError } = this.#options;
    try {
      return { result: await within(clock, timeoutMs, call(cache)) };
    } catch (error) {
      onError(error);
      return undefined;
    }
  }
}

/** The same for a cache that hands out leases. */
export class ForgivingLeasingCache<K, V> extends ForgivingCache<
  K,
  V,
  LeasingCache<K, V>
> {
  /** Where the cache does not answer, the gap is not the caller's to fill. */
  async getOrLease(key: K, leaseMs: number): Promise<RowOrLease<V>> {
    const answer = await this.ask((cache) => cache.getOrLease(key, leaseMs));
    return answer?.result ?? { type: 'busy' };
  }

  /** Says whether the row is kept. */
  async fill(
    key: K,
    row: Row<V>,
    lease: number,
    ttlMs: number,
  ): Promise<boolean> {
    const answer = await this.ask((cache) =>
      cache.fill(key, row, lease, ttlMs),
    );
    return answer?.result ?? false;
  }
}
