import type { Table } from '../../shared/table.ts';
import type { Bus } from './invalidation-bus.ts';

// #region naive
export interface Update<K, V> {
  readonly key: K;
  readonly value: V;
}

/** Events bring the values, and the one that comes last stays. */
export class NaiveEvents<K, V> {
  readonly #table: Table<K, V>;
  readonly #bus: Bus<Update<K, V>>;
  readonly #values = new Map<K, V>();

  constructor(table: Table<K, V>, bus: Bus<Update<K, V>>) {
    this.#table = table;
    this.#bus = bus;
    bus.subscribe(({ key, value }) => this.#values.set(key, value));
  }

  async get(key: K): Promise<V | undefined> {
    if (this.#values.has(key)) return this.#values.get(key);
    const { value } = await this.#table.find(key);
    return value;
  }

  async set(key: K, value: V): Promise<void> {
    await this.#table.put(key, value);
    this.#values.set(key, value);
    await this.#bus.publish({ key, value });
  }
}
// #endregion naive
