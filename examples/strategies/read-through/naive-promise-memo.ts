/** Keeps the promise of a load instead of its value: a crowd loads once. */
export class NaivePromiseMemo<K, V> {
  readonly #load: (key: K) => Promise<V | undefined>;
  readonly #promises = new Map<K, Promise<V | undefined>>();

  constructor(load: (key: K) => Promise<V | undefined>) {
    this.#load = load;
  }

  // #region get
  get(key: K): Promise<V | undefined> {
    const promise = this.#promises.get(key) ?? this.#load(key);
    this.#promises.set(key, promise);
    return promise;
  }
  // #endregion get

  forget(key: K): void {
    this.#promises.delete(key);
  }
}
