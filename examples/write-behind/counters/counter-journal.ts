import type { Addition, BatchId, CounterBatch } from './counter-store.ts';

// #region journal
/** Belongs to one process at a time. */
export interface CounterJournal {
  /** Resolves once the addition would survive a crash: never before. */
  append(id: BatchId, addition: Addition): Promise<void>;
  /** Forgets the batch, and the earlier ones of its node. */
  settle(id: BatchId): Promise<void>;
  /** All that is not forgotten, in the batches that it was appended to. */
  replay(): Promise<readonly CounterBatch[]>;
}
// #endregion journal
