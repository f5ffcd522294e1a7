// #region port
/** Says how many rows the next batch may have. */
export interface BatchSize {
  /** A whole number above 0. It may be another one the next time. */
  readonly rows: number;
  /** Told of each batch when it has ended. */
  observe(batch: EndedBatch): void;
}

export interface EndedBatch {
  readonly rows: number;
  /** How long the store took, without any wait for its turn. */
  readonly ms: number;
  /** Whether the store carried it out: an error ends a batch as well. */
  readonly isStored: boolean;
}
// #endregion port
