import { Form } from './form.ts';

/** Clears the way first. A reader who comes before the commit fills it again. */
export class DeleteBeforeCommit<K, V> extends Form<K, V> {
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
    await this.cache.remove(key);
    await this.table.put(key, value);
    // #endregion order
  }
  // #endregion form
}
