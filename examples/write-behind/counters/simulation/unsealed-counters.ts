import type { CounterStore } from '../counter-store.ts';

/** A batch that fails goes on growing, under the id that it had. */
export class UnsealedCounters {
  readonly #store: CounterStore;
  readonly #node = crypto.randomUUID();
  #number = 1;
  #pending = new Map<string, number>();
  #flushing: Promise<void> | undefined;

  constructor(store: CounterStore) {
    this.#store = store;
  }

  async add(key: string, by = 1): Promise<void> {
    this.#pending.set(key, (this.#pending.get(key) ?? 0) + by);
  }

  /** One at a time. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  // #region flush
  async #flush(): Promise<void> {
    const sent = [...this.#pending];
    await this.#store.apply({
      id: { node: this.#node, number: this.#number },
      additions: sent.map(([key, by]) => ({ key, by })),
    });
    this.#number += 1;
    for (const [key, by] of sent) {
      this.#pending.set(key, (this.#pending.get(key) ?? 0) - by);
    }
  }
  // #endregion flush
}
