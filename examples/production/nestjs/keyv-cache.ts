/**
 * A shared cache over Keyv, whatever is behind that. Keyv cannot compare and
 * change in one step, so the calls of a key take turns: those of this process.
 */
import type { Keyv } from 'keyv';
import { type Clock, systemClock } from '../../shared/clock.ts';
import type { LeasingCache, RowOrLease } from '../../shared/shared-cache.ts';
import type { Row } from '../../shared/table.ts';
import { KeyLock } from '../../write-behind/async-safety/key-lock.ts';

interface Lease {
  readonly id: number;
  readonly end: number;
}

export class KeyvCache<V> implements LeasingCache<string, V> {
  readonly #keyv: Keyv;
  readonly #prefix: string;
  readonly #clock: Clock;
  readonly #lock = new KeyLock<string>();
  /** The last one of each key, the oldest first. */
  readonly #leases = new Map<string, Lease>();
  #lastLease = 0;

  /** Keyv must throw its errors, or a removal that fails looks like one. */
  constructor(keyv: Keyv, prefix: string, clock: Clock = systemClock) {
    if (!keyv.throwOnErrors) {
      throw new RangeError('throwOnErrors: expected true, got false');
    }
    this.#keyv = keyv;
    this.#prefix = prefix;
    this.#clock = clock;
  }

  get(key: string): Promise<Row<V> | undefined> {
    return this.#keyv.get<Row<V>>(this.#name(key));
  }

  // #region offer
  put(key: string, row: Row<V>, ttlMs: number): Promise<void> {
    return this.#lock.run(key, () => this.#keep(key, row, ttlMs));
  }

  offer(key: string, row: Row<V>, ttlMs: number): Promise<void> {
    return this.#lock.run(key, async () => {
      const held = await this.get(key);
      if (held !== undefined && held.version > row.version) return;
      await this.#keep(key, row, ttlMs);
    });
  }
  // #endregion offer

  remove(key: string): Promise<void> {
    return this.#lock.run(key, async () => {
      this.#leases.delete(key);
      await this.#keyv.delete(this.#name(key));
    });
  }

  // #region lease
  async getOrLease(key: string, leaseMs: number): Promise<RowOrLease<V>> {
    const row = await this.get(key);
    if (row !== undefined) return { type: 'row', row };
    // Only a miss stands in line: nobody may change the key meanwhile.
    return this.#lock.run(key, async () => {
      const later = await this.get(key);
      if (later !== undefined) return { type: 'row', row: later };
      if (this.#leaseOf(key) !== undefined) return { type: 'busy' };
      return { type: 'lease', lease: this.#newLease(key, leaseMs) };
    });
  }

  fill(
    key: string,
    row: Row<V>,
    lease: number,
    ttlMs: number,
  ): Promise<boolean> {
    return this.#lock.run(key, async () => {
      if (this.#leaseOf(key) !== lease) return false;
      await this.#keep(key, row, ttlMs);
      return true;
    });
  }
  // #endregion lease

  #name(key: string): string {
    return `${this.#prefix}:${key}`;
  }

  async #keep(key: string, row: Row<V>, ttlMs: number): Promise<void> {
    this.#leases.delete(key);
    // Redis takes whole milliseconds, and Keyv takes 0 for ever.
    const wholeMs = Math.max(1, Math.floor(ttlMs));
    await this.#keyv.set(this.#name(key), row, wholeMs);
  }

  #leaseOf(key: string): number | undefined {
    const lease = this.#leases.get(key);
    if (lease === undefined || lease.end <= this.#clock.now()) return undefined;
    return lease.id;
  }

  #newLease(key: string, leaseMs: number): number {
    const now = this.#clock.now();
    // Those of readers whose table has failed: nobody else takes them away.
    for (const [other, { end }] of this.#leases) {
      if (end > now) break;
      this.#leases.delete(other);
    }
    this.#lastLease += 1;
    this.#leases.delete(key);
    this.#leases.set(key, { id: this.#lastLease, end: now + leaseMs });
    return this.#lastLease;
  }
}
