import { type Clock, sleep, systemClock } from './clock.ts';
import { Hang } from './hang.ts';
import type { LeasingCache, RowOrLease } from './shared-cache.ts';
import type { Row } from './table.ts';

export interface InMemoryCacheOptions {
  /** Milliseconds until a row is looked up. Default: 0. */
  readonly getMs?: number;
  /** Milliseconds until a change takes effect. Default: 0. */
  readonly setMs?: number;
  /** Beyond it, the least recently used entry leaves. Default: no bound. */
  readonly maxEntries?: number;
  readonly clock?: Clock;
}

/**
 * A shared cache in a process: slow, broken or hung, as the test wants it. An
 * entry that has expired is never found, but leaves its place only when it is
 * asked for or becomes the least recently used.
 */
export class InMemoryCache<K, V> implements LeasingCache<K, V> {
  /** The least recently used one first. */
  readonly #entries = new Map<K, Entry<V>>();
  /** The last one of each key. A change of the key ends it. */
  readonly #leases = new Map<K, Lease>();
  #lastLease = 0;
  readonly #getMs: number;
  readonly #setMs: number;
  readonly #maxEntries: number;
  readonly #clock: Clock;
  readonly #getErrors: unknown[] = [];
  readonly #errors: unknown[] = [];
  #breakdown: { readonly error: unknown } | undefined;
  readonly #hang = new Hang();
  readonly #counts = { gets: 0, hits: 0, sets: 0, removes: 0 };

  constructor(options: InMemoryCacheOptions = {}) {
    const { getMs = 0, setMs = 0, maxEntries = Infinity } = options;
    this.#getMs = getMs;
    this.#setMs = setMs;
    this.#maxEntries = maxEntries;
    this.#clock = options.clock ?? systemClock;
  }

  async get(key: K): Promise<Row<V> | undefined> {
    this.#counts.gets += 1;
    await this.#reach(this.#getMs, this.#getErrors);
    return this.#lookUp(key);
  }

  async put(key: K, row: Row<V>, ttlMs: number): Promise<void> {
    this.#counts.sets += 1;
    await this.#reach(this.#setMs, this.#errors);
    this.#leases.delete(key);
    this.#keep(key, row, ttlMs);
  }

  async offer(key: K, row: Row<V>, ttlMs: number): Promise<void> {
    this.#counts.sets += 1;
    await this.#reach(this.#setMs, this.#errors);
    this.#leases.delete(key);
    const held = this.peek(key);
    if (held !== undefined && held.version > row.version) return;
    this.#keep(key, row, ttlMs);
  }

  async remove(key: K): Promise<void> {
    this.#counts.removes += 1;
    await this.#reach(this.#setMs, this.#errors);
    this.#leases.delete(key);
    this.#entries.delete(key);
  }

  async getOrLease(key: K, leaseMs: number): Promise<RowOrLease<V>> {
    this.#counts.gets += 1;
    await this.#reach(this.#getMs, this.#getErrors);
    const row = this.#lookUp(key);
    if (row !== undefined) return { type: 'row', row };
    if (this.#leaseOf(key) !== undefined) return { type: 'busy' };
    this.#lastLease += 1;
    const end = this.#clock.now() + leaseMs;
    this.#leases.set(key, { id: this.#lastLease, end });
    return { type: 'lease', lease: this.#lastLease };
  }

  async fill(
    key: K,
    row: Row<V>,
    lease: number,
    ttlMs: number,
  ): Promise<boolean> {
    this.#counts.sets += 1;
    await this.#reach(this.#setMs, this.#errors);
    if (this.#leaseOf(key) !== lease) return false;
    this.#leases.delete(key);
    this.#keep(key, row, ttlMs);
    return true;
  }

  /** Fails the next changes, each with the next of the errors. */
  failNext(...errors: readonly unknown[]): void {
    this.#errors.push(...errors);
  }

  /** Fails the next look-ups, each with the next of the errors. */
  failNextGets(...errors: readonly unknown[]): void {
    this.#getErrors.push(...errors);
  }

  /** Fails each call until it is mended, and keeps what it holds. */
  breakDown(error: unknown = new Error('the cache is down')): void {
    this.#breakdown = { error };
  }

  mend(): void {
    this.#breakdown = undefined;
  }

  /** Answers nothing until it recovers. */
  hang(): void {
    this.#hang.begin();
  }

  recover(): void {
    this.#hang.end();
  }

  /** It dies, and comes back empty: no lease is good any more. */
  clear(): void {
    this.#entries.clear();
    this.#leases.clear();
  }

  /** What a look-up would find now, beside all latency, counts and use. */
  peek(key: K): Row<V> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.end <= this.#clock.now()) return undefined;
    return entry.row;
  }

  /** Calls that were asked for; look-ups that found a row. */
  counts(): Readonly<{
    gets: number;
    hits: number;
    sets: number;
    removes: number;
  }> {
    return { ...this.#counts };
  }

  /** The way of a call to where it takes effect, all at once. */
  async #reach(ms: number, errors: unknown[]): Promise<void> {
    await this.#hang.over();
    await sleep(this.#clock, ms);
    if (this.#breakdown !== undefined) throw this.#breakdown.error;
    if (errors.length > 0) throw errors.shift();
  }

  #lookUp(key: K): Row<V> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.end <= this.#clock.now()) return undefined;
    this.#entries.set(key, entry);
    this.#counts.hits += 1;
    return entry.row;
  }

  #keep(key: K, row: Row<V>, ttlMs: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { row, end: this.#clock.now() + ttlMs });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries) return;
      this.#entries.delete(oldest);
    }
  }

  #leaseOf(key: K): number | undefined {
    const lease = this.#leases.get(key);
    if (lease === undefined || lease.end <= this.#clock.now()) return undefined;
    return lease.id;
  }
}

interface Entry<V> {
  readonly row: Row<V>;
  readonly end: number;
}

interface Lease {
  readonly id: number;
  readonly end: number;
}
