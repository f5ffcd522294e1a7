import type { Row } from '../../shared/table.ts';

// #region port
/** A table that stores a value only over the row that the writer knows. */
export interface VersionedTable<K, V> {
  find(key: K): Promise<Row<V>>;
  /**
   * Stores the value if the row still has that version, and gives it another
   * one; a row never has the same version twice. Undefined deletes the row.
   * Nobody gets in between the comparison and the change.
   */
  compareAndSet(
    key: K,
    version: number,
    value: V | undefined,
  ): Promise<Answer<V>>;
}

export interface Answer<V> {
  readonly isStored: boolean;
  /** What the table holds now: the value, or what stands in its way. */
  readonly row: Row<V>;
}
// #endregion port
