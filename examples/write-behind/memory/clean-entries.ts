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
  readonly #oldest = this.#entries.keys();
  #bytes = 0;
  #evicted = 0;

  /** `since` is when the store was known to hold the value. */
  keep(key: K, value: V | undefined, bytes: number, since: number): void {
    this.forget(key);
    const { ttlMs, maxBytes } = this.#options;
    if (bytes > maxBytes) return;
    this.#entries.set(key, { value, bytes, expires: since + ttlMs });
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
      this.#entries.set(key, entry);
      return entry;
    }
    this.#bytes -= entry.bytes;
    return undefined;
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
