/** A write-behind cache whose clean entries expire, and are bounded in bytes. */
import type { Cache } from '../../shared/cache.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';
import { SingleFlight } from '../../shared/single-flight.ts';
import {
  isPartialWriteError,
  type Operation,
  type Store,
} from '../../shared/store.ts';
import {
  type CloseReport,
  type DeadLetter,
  WriteBehindCache,
  type WriteBehindOptions,
  type WriteBehindStats,
  type WriteStatus,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { CleanEntries } from './clean-entries.ts';

// #region options
/** Those of the write-behind cache, which bound what waits, and three more. */
export interface ExpiringOptions<K, V>
  extends Omit<WriteBehindOptions<K, V>, 'maxEntries'> {
  /** Milliseconds for which a value is good once the store has it. */
  readonly ttlMs: number;
  /** Bytes that all clean entries may take. What waits is not counted. */
  readonly maxBytes: number;
  /**
   * Bytes of a key and its value, which is undefined where there is none.
   * Example: `(key, value) => estimateBytes(key) + estimateBytes(value)`.
   */
  readonly sizeOf: (key: K, value: V | undefined) => number;
}

export interface ExpiringStats extends WriteBehindStats {
  readonly cleanEntries: number;
  /** As `sizeOf` has it, and 200 for each entry. */
  readonly cleanBytes: number;
  readonly evicted: number;
}
// #endregion options

/** Bytes that a clean entry takes beside its key and its value. */
export const cleanEntryBytes = 200;

export class ExpiringWriteBehind<K, V> implements Cache<K, V> {
  readonly #options: ExpiringOptions<K, V>;
  readonly #clock: Clock;
  /** Knows what is dirty, and is asked for nothing else. */
  readonly #behind: WriteBehindCache<K, V>;
  /** May hold older values of dirty keys. Whatever becomes clean replaces them. */
  readonly #clean: CleanEntries<K, V>;
  readonly #loads = new SingleFlight<K, V | undefined>();
  /** Dead letters that somebody is about to take, each the newest of its key. */
  readonly #offered = new Map<K, DeadLetter<K, V>>();
  /** The last one that was taken: the cache behind keeps no other. */
  #taken: Operation<K, V> | undefined;
  #isOpen: boolean;
  readonly #counts = { hits: 0, misses: 0 };

  constructor(options: ExpiringOptions<K, V>) {
    const { ttlMs, maxBytes, sizeOf, onDeadLetter, ...others } = options;
    expectDelay('ttlMs', ttlMs);
    expectSize('maxBytes', maxBytes);
    if (typeof sizeOf !== 'function') {
      throw unexpected('sizeOf', 'a function', sizeOf);
    }
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#clean = new CleanEntries({ clock: this.#clock, ttlMs, maxBytes });
    this.#isOpen = options.journal === undefined;
    this.#behind = new WriteBehindCache({
      ...others,
      store: this.#watched(options.store),
      maxEntries: 1,
      ...(onDeadLetter && {
        onDeadLetter: (letter) => this.#handOver(letter, onDeadLetter),
      }),
    });
  }

  // #region get
  async get(key: K): Promise<V | undefined> {
    // Until the journal is replayed, nothing seems to be dirty.
    if (!this.#isOpen) await this.#open(key);
    const known = this.#recall(key);
    this.#counts[known === undefined ? 'misses' : 'hits'] += 1;
    if (known !== undefined) return known;
    const loaded = await this.#load(key);
    // What was written meanwhile is newer.
    return this.#recall(key) ?? this.#copyOf(loaded);
  }

  /** Asks first what is dirty, however old it is. */
  #recall(key: K): Promise<V | undefined> | undefined {
    if (this.#isDirty(key)) return this.#behind.get(key);
    const entry = this.#clean.recall(key);
    return entry && Promise.resolve(this.#copyOf(entry.value));
  }

  #isDirty(key: K): boolean {
    const status = this.#behind.status(key);
    const isTaken = status === 'failed' && this.#taken?.key === key;
    return status !== 'clean' && !isTaken;
  }

  #load(key: K): Promise<V | undefined> {
    return this.#loads.run(key, async (isCurrent) => {
      const since = this.#clock.now();
      const value = await this.#options.store.read(key);
      if (isCurrent()) this.#keep(key, value, since);
      return value;
    });
  }
  // #endregion get

  set(key: K, value: V): Promise<void> {
    return this.#behind.set(key, value);
  }

  delete(key: K): Promise<void> {
    return this.#behind.delete(key);
  }

  flush(): Promise<void> {
    return this.#behind.flush();
  }

  close(
    options: { readonly timeoutMs?: number } = {},
  ): Promise<CloseReport<K, V>> {
    return this.#behind.close(options);
  }

  status(key: K): WriteStatus {
    return this.#behind.status(key);
  }

  stats(): ExpiringStats {
    const { size: cleanEntries, bytes: cleanBytes, evicted } = this.#clean;
    return {
      ...this.#behind.stats(),
      ...this.#counts,
      ...{ cleanEntries, cleanBytes, evicted },
    };
  }

  // #region watched
  /** The store, between whose answers and the cache stands what follows. */
  #watched(store: Store<K, V>): Store<K, V> {
    return {
      // Reads come here only to learn whether the journal is replayed.
      read: async () => undefined,
      write: async (batch) => {
        const operations = [...batch];
        try {
          await store.write(batch);
        } catch (error) {
          this.#settle(operations, failedKeys(operations, error));
          throw error;
        }
        this.#settle(operations, new Set());
      },
    };
  }

  #settle(batch: readonly Operation<K, V>[], failed: ReadonlySet<K>): void {
    for (const operation of batch) {
      // What failed may be in the store, or not: a read must ask.
      if (failed.has(operation.key)) this.#forget(operation.key);
      else this.#becomeClean(operation);
    }
  }

  /** From here on, it may expire and be evicted. */
  #becomeClean(operation: Operation<K, V>): void {
    const { key } = operation;
    this.#forget(key);
    const value = operation.type === 'set' ? operation.value : undefined;
    try {
      this.#keep(key, value, this.#clock.now());
    } catch {
      // A wrong estimate must not undo what is done: the next read reports it.
    }
  }

  #forget(key: K): void {
    this.#loads.forget(key);
    this.#clean.forget(key);
  }

  #keep(key: K, value: V | undefined, since: number): void {
    const bytes = this.#options.sizeOf(key, value);
    if (!(bytes >= 0)) {
      throw unexpected('sizeOf', 'a number of bytes from 0', bytes);
    }
    this.#clean.keep(key, value, bytes + cleanEntryBytes, since);
  }
  // #endregion watched

  // #region dead-letter
  /** What somebody has taken over is clean, unless something newer came. */
  async #handOver(
    letter: DeadLetter<K, V>,
    take: (letter: DeadLetter<K, V>) => Promise<void> | void,
  ): Promise<void> {
    const { operation } = letter;
    const { key } = operation;
    if (this.#taken?.key === key) this.#taken = undefined;
    this.#offered.set(key, letter);
    const isNewest = () => this.#offered.get(key) === letter;
    try {
      await take(letter);
      if (!isNewest() || this.#behind.status(key) !== 'failed') return;
      this.#becomeClean(operation);
      this.#taken = operation;
    } finally {
      if (isNewest()) this.#offered.delete(key);
    }
  }
  // #endregion dead-letter

  async #open(key: K): Promise<void> {
    await this.#behind.get(key);
    this.#isOpen = true;
  }

  #copyOf(value: V | undefined): V | undefined {
    const { copy } = this.#options;
    return value === undefined || copy === undefined ? value : copy(value);
  }
}

/** Where the error names none of them, each may have failed. */
function failedKeys<K, V>(
  batch: readonly Operation<K, V>[],
  error: unknown,
): ReadonlySet<K> {
  const failed = isPartialWriteError<K, V>(error) ? error.failed : [];
  const named = new Set(failed.map(({ key }) => key));
  const keys = batch.map(({ key }) => key);
  return keys.some((key) => named.has(key)) ? named : new Set(keys);
}
