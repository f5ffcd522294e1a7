import type { Table } from '../../shared/table.ts';
import type { Bus } from './invalidation-bus.ts';

// #region naive
/** Events remove what is there, and nothing else. */
export class NaiveRemoval<K, V> {
  readonly #table: Table<K, V>;
  readonly #bus: Bus<K>;
  readonly #values = new Map<K, V | undefined>();

  constructor(table: Table<K, V>, bus: Bus<K>) {
    this.#table = table;
    this.#bus = bus;
    bus.subscribe((key) => this.#values.delete(key));
  }

  async get(key: K): Promise<V | undefined> {
    if (this.#values.has(key)) return this.#values.get(key);
    const { value } = await this.#table.find(key);
    this.#values.set(key, value);
    return value;
  }

  async set(key: K, value: V): Promise<void> {
    await this.#table.put(key, value);
    this.#values.delete(key);
    await this.#bus.publish(key);
  }
}
// #endregion naive
