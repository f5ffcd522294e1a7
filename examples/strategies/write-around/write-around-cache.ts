/**
 * A write-around cache. A write goes to the table, and the cache only forgets
 * the key; a read that misses fills it. To own it, copy this file and those that
 * it imports, with those that they import.
 */
import type { Cache } from '../../shared/cache.ts';
import { OpenWrites } from '../../shared/open-writes.ts';
import type { Row, Table } from '../../shared/table.ts';
import {
  CacheAside,
  type CacheAsideOptions,
} from '../cache-aside/cache-aside.ts';

// #region options
export interface WriteAroundOptions<K, V> extends CacheAsideOptions<K, V> {
  /**
   * The system of record. A call takes as long as the table does: give its
   * client a time limit. Whoever else writes it must remove the key afterwards.
   */
  readonly table: Table<K, V>;
}
// #endregion options

export class WriteAroundCache<K, V> implements Cache<K, V> {
  readonly #table: Table<K, V>;
  readonly #aside: CacheAside<K, V>;
  readonly #writes = new OpenWrites();

  constructor(options: WriteAroundOptions<K, V>) {
    this.#table = options.table;
    this.#aside = new CacheAside(options);
  }

  // #region read
  async get(key: K): Promise<V | undefined> {
    return this.#aside.get(key, () => this.#table.find(key));
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
    await this.#writes.run(async () => {
      try {
        await change();
      } finally {
        // After an error as well: the row may be committed, for all we know.
        await this.#aside.invalidate(key);
      }
    });
  }
  // #endregion write

  /** For a row that somebody else has written: call it after their commit. */
  async invalidate(key: K): Promise<void> {
    await this.#aside.invalidate(key);
  }

  /** Refuses writes, and waits for those under way. Reads may go on. */
  async close(): Promise<void> {
    await this.#writes.close();
  }
}
