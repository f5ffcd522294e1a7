import { NaiveWriteThrough } from './naive-write-through.ts';

/** Readers see a value before anybody knows whether it will be stored. */
export class NaiveCacheFirst<K, V> extends NaiveWriteThrough<K, V> {
  // #region write
  override async set(key: K, value: V): Promise<void> {
    const { table, cache, ttlMs } = this.options;
    await cache.put(key, { value, version: 0 }, ttlMs);
    await table.put(key, value);
  }

  override async delete(key: K): Promise<void> {
    const { table, cache } = this.options;
    await cache.remove(key);
    await table.remove(key);
  }
  // #endregion write
}
