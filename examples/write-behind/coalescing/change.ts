/** All that a queue has to tell the database of one key. */
export interface Change<K, C> {
  readonly key: K;
  readonly change: C;
  /** Of two changes of a key, the later one has the higher. */
  readonly version: number;
}

// #region combine
/** What two changes of a key come to. It changes neither of them. */
export type Combine<C> = (earlier: C, later: C) => C;
// #endregion combine

/**
 * Applies the whole batch, or rejects. A batch comes again after that, and the
 * changes in it that were applied before must be skipped.
 */
export type WriteChanges<K, C> = (
  batch: readonly Change<K, C>[],
) => Promise<void>;
