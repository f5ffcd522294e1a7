/** What may be forgotten: values that the store has, bounded in bytes. */
import type { Clock } from '../../shared/clock.ts';

export interface CleanEntriesOptions {
  readonly clock: Clock;
  /** Milliseconds for which an entry is good. */
  readonly ttlMs: number;
  /** What all entries may take together. */
  readonly maxBytes: number;
}

/** An entry, and whether it is of a value or of the absence of one. */
export interface CleanEntry<V> {
  readonly value: V | undefined;
  readonly bytes: number;
  readonly expires: number;
}

/** Forgets what has expired, and what was not used for the longest time. */
export class CleanEntries<K, V> {
  readonly #options: CleanEntriesOptions;
  // #region keep
  /** The last used last. */
  readonly #entries = new Map<K, CleanEntry<V>>();
  /** All before it are gone. A new iterator would step over their gaps. */
  #oldest = this.#entries.keys();
  /** Since it is new. It holds on to all that the map has held meanwhile. */
  #moves = 0;
  #bytes = 0;
  #evicted = 0;

  /** `since` is when the store was known to hold the value. */
  keep(key: K, value: V | undefined, bytes: number, since: number): void {
    this.forget(key);
    const { ttlMs, maxBytes } = this.#options;
    if (bytes > maxBytes) return;
    this.#putLast(key, { value, bytes, expires: since + ttlMs });
    this.#bytes += bytes;
    while (this.#bytes > maxBytes) {
      const { value: oldest, done } = this.#oldest.next();
      if (done) return;
      this.forget(oldest);
      this.#evicted += 1;
    }
  }

  recall(key: K): CleanEntry<V> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.expires > this.#options.clock.now()) {
      this.#putLast(key, entry);
      return entry;
    }
    this.#bytes -= entry.bytes;
    return undefined;
  }

  #putLast(key: K, entry: CleanEntry<V>): void {
    this.#entries.set(key, entry);
    this.#moves += 1;
    if (this.#moves <= this.#entries.size) return;
    this.#moves = 0;
    this.#oldest = this.#entries.keys();
  }
  // #endregion keep

  constructor(options: CleanEntriesOptions) {
    this.#options = options;
  }

  forget(key: K): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** How many had to make room. */
  get evicted(): number {
    return this.#evicted;
  }
}
