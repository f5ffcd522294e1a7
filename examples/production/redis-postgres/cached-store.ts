/**
 * A store with a shared cache in front of it, for whoever writes behind. To own
 * it, copy this file and those that it imports.
 */
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay, expectSize } from '../../shared/expect-option.ts';
import { ForgivingCache } from '../../shared/forgiving-cache.ts';
import type { SharedCache } from '../../shared/shared-cache.ts';
import {
  isPartialWriteError,
  type Operation,
  type Store,
} from '../../shared/store.ts';
import type { Row, Table } from '../../shared/table.ts';
import { Doubts } from './doubts.ts';

// #region options
export interface CachedStoreOptions<V> {
  /** Is written to. */
  readonly store: Pick<Store<string, V>, 'write'>;
  /** The same rows, with their versions. */
  readonly table: Pick<Table<string, V>, 'find'>;
  readonly cache: SharedCache<string, V>;
  /** Hears the errors of the cache, which no caller does. It must not throw. */
  readonly onCacheError: (error: unknown) => void;
  /** Milliseconds that a row is cached. Default: 3,600,000, an hour. */
  readonly ttlMs?: number;
  /** Milliseconds that a call of the cache is waited for. Default: 50. */
  readonly cacheTimeoutMs?: number;
  /** Keys that the cache may have missed, until none is trusted. Default: 10,000. */
  readonly maxDoubts?: number;
  readonly clock?: Clock;
}
// #endregion options

export class CachedStore<V> implements Store<string, V> {
  readonly #store: Pick<Store<string, V>, 'write'>;
  readonly #table: Pick<Table<string, V>, 'find'>;
  readonly #cache: ForgivingCache<string, V>;
  readonly #doubts: Doubts;
  readonly #ttlMs: number;
  readonly #clock: Clock;
  #catchingUp: Promise<void> | undefined;

  constructor(options: CachedStoreOptions<V>) {
    const { store, table, cache, onCacheError, clock = systemClock } = options;
    const { ttlMs = 3_600_000, cacheTimeoutMs = 50 } = options;
    const { maxDoubts: maxKeys = 10_000 } = options;
    expectDelay('ttlMs', ttlMs);
    expectDelay('cacheTimeoutMs', cacheTimeoutMs);
    expectSize('maxDoubts', maxKeys);
    this.#store = store;
    this.#table = table;
    this.#cache = new ForgivingCache({
      cache,
      clock,
      timeoutMs: cacheTimeoutMs,
      onError: onCacheError,
    });
    this.#doubts = new Doubts({ clock, ttlMs, maxKeys });
    this.#ttlMs = ttlMs;
    this.#clock = clock;
  }

  // #region read
  async read(key: string): Promise<V | undefined> {
    const isTrusted = !this.#doubts.has(key);
    const cached = isTrusted ? await this.#cache.get(key) : undefined;
    const row = cached ?? (await this.#load(key)).row;
    return row.value;
  }

  async #load(key: string) {
    const doubt = this.#doubts.find(key);
    const asked = this.#clock.now();
    const row = await this.#table.find(key);
    const isTold = await this.#tell(key, row, asked);
    if (isTold) this.#doubts.settle(key, doubt);
    return { row, isTold };
  }
  // #endregion read

  // #region write
  /** The cache follows the database, and never gets ahead of it. */
  async write(batch: readonly Operation<string, V>[]): Promise<void> {
    const operations = [...batch];
    const asked = this.#clock.now();
    try {
      await this.#store.write(batch);
    } catch (error) {
      const failed = failedOf(operations, error);
      // They may be stored nevertheless.
      for (const { key, version } of failed) this.#doubts.add(key, version);
      const stored = operations.filter((operation) => !failed.has(operation));
      await this.#tellAll(stored, asked);
      throw error;
    }
    await this.#tellAll(operations, asked);
  }
  // #endregion write

  async #tellAll(
    operations: readonly Operation<string, V>[],
    asked: number,
  ): Promise<void> {
    const told = await Promise.all(
      operations.map((operation) =>
        this.#tell(operation.key, rowOf(operation), asked),
      ),
    );
    if (told.includes(true)) void this.catchUp();
  }

  // #region tell
  /** Says whether the cache has this row or a newer one. */
  async #tell(key: string, row: Row<V>, asked: number): Promise<boolean> {
    const ttlMs = asked + this.#ttlMs - this.#clock.now();
    const isTold = ttlMs > 0 && (await this.#cache.offer(key, row, ttlMs));
    if (isTold) this.#doubts.end(key, row.version);
    else this.#doubts.add(key, row.version);
    return isTold;
  }
  // #endregion tell

  // #region catch-up
  /**
   * Tells the cache what it has missed, as long as it listens. Each write that
   * reaches it does so. Never rejects.
   */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#tellMissed().finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  async #tellMissed(): Promise<void> {
    for (const key of this.#doubts.keys()) {
      try {
        const { isTold } = await this.#load(key);
        if (!isTold) return;
      } catch {
        // The database is away. The doubts remain, and so does the next time.
        return;
      }
    }
  }
  // #endregion catch-up
}

function rowOf<V>(operation: Operation<string, V>): Row<V> {
  const { type, version } = operation;
  const value = type === 'set' ? operation.value : undefined;
  return { value, version };
}

/** All of them, where the error names none. */
function failedOf<V>(
  batch: readonly Operation<string, V>[],
  error: unknown,
): ReadonlySet<Operation<string, V>> {
  const failed = isPartialWriteError<string, V>(error) ? error.failed : [];
  const keys = new Set(failed.map(({ key }) => key));
  const named = batch.filter(({ key }) => keys.has(key));
  return new Set(named.length > 0 ? named : batch);
}
