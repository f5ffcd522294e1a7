import { Form } from './form.ts';

const leaseMs = 10_000;

/** A reader fills the gap that it found, and no other. */
export class Leases<K, V> extends Form<K, V> {
  // #region form
  async get(key: K): Promise<V | undefined> {
    const found = await this.cache.getOrLease(key, leaseMs);
    if (found.type === 'row') return found.row.value;
    const row = await this.table.find(key);
    if (found.type === 'lease') {
      // #region fill
      await this.cache.fill(key, row, found.lease, this.ttlMs);
      // #endregion fill
    }
    return row.value;
  }

  async set(key: K, value: V): Promise<void> {
    await this.table.put(key, value);
    // #region end
    await this.cache.remove(key);
    // #endregion end
  }
  // #endregion form
}
