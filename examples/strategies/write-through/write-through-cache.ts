/**
 * A write-through cache. A write goes to the table, then to a cache that several
 * processes may share, and is acknowledged after both. To own it, copy this file
 * and those that it imports, with those that they import.
 */
import type { Cache } from '../../shared/cache.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay } from '../../shared/expect-option.ts';
import { ForgivingCache } from '../../shared/forgiving-cache.ts';
import { OpenWrites } from '../../shared/open-writes.ts';
import type { SharedCache } from '../../shared/shared-cache.ts';
import { SingleFlight } from '../../shared/single-flight.ts';
import type { Row, Table } from '../../shared/table.ts';

// #region options
export interface WriteThroughOptions<K, V> {
  /**
   * The system of record. A call takes as long as the table does: give its
   * client a time limit.
   */
  readonly table: Table<K, V>;
  /** Other processes may share it, if they write as this one does. */
  readonly cache: SharedCache<K, V>;
  /**
   * Hears the errors that no caller does: the cache's, and those of a look at
   * the table after a write that failed. Required, or nobody would know that
   * reads may be old. It must not throw. Example: `(error) => log.warn(error)`.
   */
  readonly onCacheError: (error: unknown) => void;
  /**
   * Milliseconds that a row may be cached from when the table was asked for it:
   * the longest that an old one is read. Default: 60,000.
   */
  readonly ttlMs?: number;
  /** Milliseconds that a call of the cache is waited for. Default: 50. */
  readonly cacheTimeoutMs?: number;
  /** Default: the system's. A test passes one that it moves itself. */
  readonly clock?: Clock;
}
// #endregion options

export class WriteThroughCache<K, V> implements Cache<K, V> {
  readonly #table: Table<K, V>;
  readonly #cache: ForgivingCache<K, V>;
  readonly #onCacheError: (error: unknown) => void;
  readonly #ttlMs: number;
  readonly #clock: Clock;
  readonly #loads = new SingleFlight<K, Row<V>>();
  /** What the table is being asked, to tell the cache of the answer. */
  readonly #questions = new Set<Question<K>>();
  readonly #writes = new OpenWrites();

  constructor(options: WriteThroughOptions<K, V>) {
    const { table, cache, onCacheError } = options;
    const { ttlMs = 60_000, cacheTimeoutMs = 50 } = options;
    const { clock = systemClock } = options;
    expectDelay('ttlMs', ttlMs);
    expectDelay('cacheTimeoutMs', cacheTimeoutMs);
    this.#table = table;
    this.#cache = new ForgivingCache({
      cache,
      clock,
      timeoutMs: cacheTimeoutMs,
      onError: onCacheError,
    });
    this.#onCacheError = onCacheError;
    this.#ttlMs = ttlMs;
    this.#clock = clock;
  }

  // #region read
  async get(key: K): Promise<V | undefined> {
    const row = (await this.#cache.get(key)) ?? (await this.#load(key));
    return row.value;
  }

  #load(key: K): Promise<Row<V>> {
    return this.#find(key, (row, asked) => this.#offer(key, row, asked));
  }

  #find(key: K, tell: Tell<V>): Promise<Row<V>> {
    return this.#loads.run(key, () =>
      this.#ask(key, async (question) => {
        const row = await this.#table.find(key);
        // After a later write, the cache may have nothing to compare with.
        if (row.version >= question.oldest) await tell(row, question.asked);
        return row;
      }),
    );
  }
  // #endregion read

  // #region write
  /** After an error, nobody can say whether it is stored. */
  async set(key: K, value: V): Promise<void> {
    await this.#write(key, () => this.#table.put(key, value));
  }

  async delete(key: K): Promise<void> {
    await this.#write(key, () => this.#table.remove(key));
  }

  async #write(key: K, change: () => Promise<Row<V>>): Promise<void> {
    await this.#writes.run(() =>
      this.#ask(key, async (question) => {
        const row = await this.#commit(key, change);
        this.#outdate(key, row.version);
        if (question.oldest === Infinity) return;
        await this.#update(key, row, question.asked);
      }),
    );
  }

  async #update(key: K, row: Row<V>, asked: number): Promise<void> {
    if (await this.#offer(key, row, asked)) return;
    await this.#cache.remove(key);
  }
  // #endregion write

  // #region invalidate
  /** For a row that somebody else has written: call it after their commit. */
  async invalidate(key: K): Promise<void> {
    this.#outdate(key, Infinity);
    await this.#cache.remove(key);
  }

  #outdate(key: K, version: number): void {
    // A read that begins from now on must not join one from before.
    this.#loads.forget(key);
    for (const question of this.#questions) {
      if (question.key !== key) continue;
      question.oldest = Math.max(question.oldest, version);
    }
  }

  async #ask<T>(
    key: K,
    work: (question: Question<K>) => Promise<T>,
  ): Promise<T> {
    const question = { key, asked: this.#clock.now(), oldest: 0 };
    this.#questions.add(question);
    try {
      return await work(question);
    } finally {
      this.#questions.delete(question);
      // What it told the cache may have come there after the removal.
      if (question.oldest === Infinity) await this.#cache.remove(key);
    }
  }
  // #endregion invalidate

  // #region doubt
  async #commit(key: K, change: () => Promise<Row<V>>): Promise<Row<V>> {
    try {
      return await change();
    } catch (error) {
      await this.#look(key);
      throw error;
    }
  }

  /** Whatever the table has now, the cache gets. */
  async #look(key: K): Promise<void> {
    this.#loads.forget(key);
    try {
      await this.#find(key, (row, asked) => this.#update(key, row, asked));
    } catch (error) {
      this.#onCacheError(error);
    }
  }
  // #endregion doubt

  // #region offer
  /** Says whether the cache has this row or a newer one. */
  async #offer(key: K, row: Row<V>, asked: number): Promise<boolean> {
    // It may have been replaced since then, and nobody will tell us.
    const ttlMs = asked + this.#ttlMs - this.#clock.now();
    return ttlMs > 0 && this.#cache.offer(key, row, ttlMs);
  }
  // #endregion offer

  /** Refuses writes, and waits for those under way. Reads may go on. */
  async close(): Promise<void> {
    await this.#writes.close();
  }
}

/** Tells the cache of a row, and when the table was asked for it. */
type Tell<V> = (row: Row<V>, asked: number) => Promise<unknown>;

interface Question<K> {
  readonly key: K;
  readonly asked: number;
  /** The version that an answer must have; Infinity where none is good. */
  oldest: number;
}
