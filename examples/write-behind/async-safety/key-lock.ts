/**
 * Work of a key goes one after the other, and that of other keys beside it.
 * Copy this file; it needs no other.
 */
export class KeyLock<K> {
  /** Of each key, the end of what came last. Never rejects. */
  readonly #ends = new Map<K, Promise<void>>();

  // #region run
  /**
   * Starts the work when all that came before it for the key has ended, well or
   * not. Not re-entrant: work that waits for its own key waits for itself, and
   * holds the key for ever.
   */
  async run<T>(key: K, work: () => Promise<T> | T): Promise<T> {
    const turn = (this.#ends.get(key) ?? Promise.resolve()).then(work);
    const release = () => {
      if (this.#ends.get(key) === end) this.#ends.delete(key);
    };
    const end = turn.then(release, release);
    this.#ends.set(key, end);
    return turn;
  }
  // #endregion run

  /** Keys that are held. */
  get size(): number {
    return this.#ends.size;
  }
}
