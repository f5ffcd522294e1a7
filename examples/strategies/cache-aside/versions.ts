import { Form } from './form.ts';

/** An old row loses against a newer one, as long as that one is there. */
export class Versions<K, V> extends Form<K, V> {
  // #region form
  async get(key: K): Promise<V | undefined> {
    const cached = await this.cache.get(key);
    if (cached !== undefined) return cached.value;
    const row = await this.table.find(key);
    // #region fill
    await this.cache.offer(key, row, this.ttlMs);
    // #endregion fill
    return row.value;
  }

  async set(key: K, value: V): Promise<void> {
    const row = await this.table.put(key, value);
    // #region update
    await this.cache.offer(key, row, this.ttlMs);
    // #endregion update
  }
  // #endregion form
}
