/**
 * A read-through cache that can be written: a write goes to the table, and the
 * cache forgets what it knew of the key. To own it, copy this file and those
 * that it imports, with those that they import.
 */
import type { Cache } from '../../shared/cache.ts';
import { OpenWrites } from '../../shared/open-writes.ts';
import type { Row, Table } from '../../shared/table.ts';
import {
  ReadThroughCache,
  type ReadThroughOptions,
} from './read-through-cache.ts';

// #region options
export interface ReadThroughWithWritesOptions<K, V>
  extends Omit<ReadThroughOptions<K, V>, 'load'> {
  /**
   * The system of record. A write takes as long as the table does: give its
   * client a time limit.
   */
  readonly table: Table<K, V>;
}
// #endregion options

export class ReadThroughWithWrites<K, V> implements Cache<K, V> {
  readonly #table: Table<K, V>;
  readonly #reads: ReadThroughCache<K, V>;
  readonly #writes = new OpenWrites();

  constructor(options: ReadThroughWithWritesOptions<K, V>) {
    const { table, ...reading } = options;
    const load = async (key: K) => (await table.find(key)).value;
    this.#table = table;
    this.#reads = new ReadThroughCache({ ...reading, load });
  }

  async get(key: K): Promise<V | undefined> {
    return this.#reads.get(key);
  }

  /** After an error, nobody can say whether it is stored. */
  async set(key: K, value: V): Promise<void> {
    await this.#write(key, () => this.#table.put(key, value));
  }

  async delete(key: K): Promise<void> {
    await this.#write(key, () => this.#table.remove(key));
  }

  /** Somebody else has changed the row: what is known of it is not given again. */
  forget(key: K): void {
    this.#reads.forget(key);
  }

  /** They may have changed it: it is given again only if the next load fails. */
  expire(key: K): void {
    this.#reads.expire(key);
  }

  /** Refuses writes, and waits for those under way. Reads may go on. */
  async close(): Promise<void> {
    await this.#writes.close();
    await this.#reads.close();
  }

  async #write(key: K, change: () => Promise<Row<V>>): Promise<void> {
    await this.#writes.run(() => this.#writeAround(key, change));
  }

  // #region write
  async #writeAround(key: K, change: () => Promise<Row<V>>): Promise<void> {
    try {
      await change();
    } catch (error) {
      this.#reads.expire(key);
      throw error;
    }
    // Not before the commit: a load in between would find the old row.
    this.#reads.forget(key);
  }
  // #endregion write
}
