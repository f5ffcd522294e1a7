/** Additions to one counter. */
export interface Addition {
  readonly key: string;
  /** A whole number, which may be negative. */
  readonly by: number;
}

// #region store
/** Of the batches of one node, the later one has the higher number. */
export interface BatchId {
  readonly node: string;
  readonly number: number;
}

export interface CounterBatch {
  readonly id: BatchId;
  /** Each key once. */
  readonly additions: readonly Addition[];
}

export interface CounterStore {
  /**
   * Adds the whole batch and records its number, in one transaction, or
   * rejects. A number that is not above the last of its node changes nothing.
   */
  apply(batch: CounterBatch): Promise<void>;
}
// #endregion store
