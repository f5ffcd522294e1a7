import type { CounterBatch, CounterStore } from './counter-store.ts';

/** Two tables in a process: the counters, and the last number of each node. */
export class InMemoryCounterStore implements CounterStore {
  #counts: ReadonlyMap<string, number>;
  readonly #lastOf = new Map<string, number>();
  readonly #beforeRow: (row: number) => void;

  /** `beforeRow` may throw, as a table may refuse a row. */
  constructor(
    counts: Iterable<readonly [string, number]> = [],
    beforeRow: (row: number) => void = () => {},
  ) {
    this.#counts = new Map(counts);
    this.#beforeRow = beforeRow;
  }

  // #region apply
  /** The transaction: nothing has changed before the last two lines. */
  async apply({ id, additions }: CounterBatch): Promise<void> {
    if (id.number <= (this.#lastOf.get(id.node) ?? 0)) return;
    const counts = new Map(this.#counts);
    for (const [row, { key, by }] of additions.entries()) {
      this.#beforeRow(row);
      counts.set(key, (counts.get(key) ?? 0) + by);
    }
    this.#counts = counts;
    this.#lastOf.set(id.node, id.number);
  }
  // #endregion apply

  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  /** Rows in the table of the nodes. */
  nodes(): number {
    return this.#lastOf.size;
  }
}
