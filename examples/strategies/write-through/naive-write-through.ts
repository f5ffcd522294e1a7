import type { Cache } from '../../shared/cache.ts';
import type { SharedCache } from '../../shared/shared-cache.ts';
import type { Table } from '../../shared/table.ts';

export interface NaiveOptions<K, V> {
  readonly table: Table<K, V>;
  readonly cache: SharedCache<K, V>;
  readonly ttlMs: number;
}

/** Whoever comes to the cache last decides, and an error of it is the caller's. */
export class NaiveWriteThrough<K, V> implements Cache<K, V> {
  protected readonly options: NaiveOptions<K, V>;

  constructor(options: NaiveOptions<K, V>) {
    this.options = options;
  }

  async get(key: K): Promise<V | undefined> {
    const { table, cache, ttlMs } = this.options;
    const cached = await cache.get(key);
    if (cached !== undefined) return cached.value;
    const row = await table.find(key);
    await cache.put(key, row, ttlMs);
    return row.value;
  }

  // #region write
  async set(key: K, value: V): Promise<void> {
    const { table, cache, ttlMs } = this.options;
    const row = await table.put(key, value);
    await cache.put(key, row, ttlMs);
  }

  async delete(key: K): Promise<void> {
    const { table, cache } = this.options;
    await table.remove(key);
    await cache.remove(key);
  }
  // #endregion write

  async close(): Promise<void> {}
}
