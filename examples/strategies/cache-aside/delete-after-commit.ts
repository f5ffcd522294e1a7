import { Form } from './form.ts';

/** Mends the order. A reader who is slower than the write is still too late. */
export class DeleteAfterCommit<K, V> extends Form<K, V> {
  // #region form
  async get(key: K): Promise<V | undefined> {
    const cached = await this.cache.get(key);
    if (cached !== undefined) return cached.value;
    const row = await this.table.find(key);
    // #region fill
    await this.cache.put(key, row, this.ttlMs);
    // #endregion fill
    return row.value;
  }

  async set(key: K, value: V): Promise<void> {
    // #region order
    await this.table.put(key, value);
    await this.cache.remove(key);
    // #endregion order
  }
  // #endregion form
}
