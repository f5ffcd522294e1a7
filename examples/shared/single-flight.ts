/**
 * One piece of work a key at a time, for all who want its outcome. Copy this
 * file; it needs no other.
 */
export class SingleFlight<K, T> {
  readonly #flights = new Map<K, Promise<T>>();

  // #region run
  /**
   * Joins the work that is under way for the key, or starts it once this call
   * has returned. All get the same outcome, be it an error. Work that waits for
   * its own key waits for itself, for ever.
   */
  run(key: K, work: (isCurrent: () => boolean) => Promise<T> | T): Promise<T> {
    const joined = this.#flights.get(key);
    if (joined !== undefined) return joined;
    const isCurrent = () => this.#flights.get(key) === flight;
    const flight = Promise.resolve()
      .then(() => work(isCurrent))
      .finally(() => {
        if (isCurrent()) this.#flights.delete(key);
      });
    this.#flights.set(key, flight);
    return flight;
  }

  /** Whoever comes from now on starts anew: what is under way is too old. */
  forget(key: K): void {
    this.#flights.delete(key);
  }
  // #endregion run

  /** Keys that others would join. */
  get size(): number {
    return this.#flights.size;
  }
}
