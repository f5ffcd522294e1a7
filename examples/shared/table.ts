/** The system of record, for whoever writes to it while a caller waits. */

/** What the table holds of a key. */
export interface Row<V> {
  /** Undefined where there is no such row, or none any more. */
  readonly value: V | undefined;
  /**
   * Drawn by the database when it commits: of two versions of a key, the higher
   * one is the later. 0 where nobody has written the row yet.
   */
  readonly version: number;
}

export interface Table<K, V> {
  find(key: K): Promise<Row<V>>;
  /**
   * Resolves with the row once it is committed. After an error, nobody can say
   * whether it is.
   */
  put(key: K, value: V): Promise<Row<V>>;
  /** Likewise: the row that is left has a version, and no value. */
  remove(key: K): Promise<Row<V>>;
}
