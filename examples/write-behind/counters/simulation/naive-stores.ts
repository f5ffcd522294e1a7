/** Three ways to send additions that count them twice, or not at all. */
import type { CounterBatch, CounterStore } from '../counter-store.ts';

export interface CountedStore extends CounterStore {
  count(key: string): number;
}

// #region without-ids
/** `SET view_count = view_count + $1`, and nothing else. */
export class StoreWithoutIds implements CountedStore {
  readonly #counts = new Map<string, number>();

  async apply({ additions }: CounterBatch): Promise<void> {
    for (const { key, by } of additions) {
      this.#counts.set(key, this.count(key) + by);
    }
  }

  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}
// #endregion without-ids

// #region id-an-attempt
/** The id is made where the batch is sent, and so for each attempt. */
export function idAnAttempt(store: CounterStore): CounterStore {
  return {
    apply: ({ additions }) =>
      store.apply({
        id: { node: crypto.randomUUID(), number: 1 },
        additions,
      }),
  };
}
// #endregion id-an-attempt

// #region no-transaction
/** Rows are stored one by one, and the number after them. */
export class StoreWithoutTransaction implements CountedStore {
  readonly #counts = new Map<string, number>();
  readonly #lastOf = new Map<string, number>();
  readonly #beforeRow: (row: number) => void;

  constructor(beforeRow: (row: number) => void) {
    this.#beforeRow = beforeRow;
  }

  async apply({ id, additions }: CounterBatch): Promise<void> {
    if (id.number <= (this.#lastOf.get(id.node) ?? 0)) return;
    for (const [row, { key, by }] of additions.entries()) {
      this.#beforeRow(row);
      this.#counts.set(key, this.count(key) + by);
    }
    this.#lastOf.set(id.node, id.number);
  }

  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}
// #endregion no-transaction
