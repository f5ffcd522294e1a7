import type { CounterJournal } from './counter-journal.ts';
import type { Addition, BatchId, CounterBatch } from './counter-store.ts';

/**
 * A journal for tests, which play the crash: it survives the counters, not the
 * process. It holds one sum for each key of a batch, so an outage does not fill it.
 */
export class InMemoryCounterJournal implements CounterJournal {
  #batches: readonly OpenBatch[] = [];

  async append(id: BatchId, { key, by }: Addition): Promise<void> {
    const sums = this.#find(id);
    sums.set(key, (sums.get(key) ?? 0) + by);
  }

  async settle({ node, number }: BatchId): Promise<void> {
    this.#batches = this.#batches.filter(
      ({ id }) => id.node !== node || id.number > number,
    );
  }

  async replay(): Promise<readonly CounterBatch[]> {
    return this.#batches.map(({ id, sums }) => ({
      id,
      additions: Array.from(sums, ([key, by]) => ({ key, by })),
    }));
  }

  #find({ node, number }: BatchId): Map<string, number> {
    const found = this.#batches.find(
      ({ id }) => id.node === node && id.number === number,
    );
    if (found !== undefined) return found.sums;
    const batch = { id: { node, number }, sums: new Map<string, number>() };
    this.#batches = [...this.#batches, batch];
    return batch.sums;
  }
}

interface OpenBatch {
  readonly id: BatchId;
  readonly sums: Map<string, number>;
}
