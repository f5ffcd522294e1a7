/** Loads what it does not have, and nothing more. */
export class NaiveReadThrough<K, V> {
  readonly #load: (key: K) => Promise<V | undefined>;
  readonly #values = new Map<K, V>();

  constructor(load: (key: K) => Promise<V | undefined>) {
    this.#load = load;
  }

  // #region get
  async get(key: K): Promise<V | undefined> {
    const cached = this.#values.get(key);
    if (cached) return cached;
    const value = await this.#load(key);
    if (value) this.#values.set(key, value);
    return value;
  }
  // #endregion get

  forget(key: K): void {
    this.#values.delete(key);
  }
}
