/** What every cache offers to its callers, however it writes. */
export interface Cache<K, V> {
  /** Undefined where there is no such value. */
  get(key: K): Promise<V | undefined>;
  /**
   * Resolves once the write is acknowledged. Where the value is by then, in the
   * store or still on its way, is what tells the strategies apart.
   */
  set(key: K, value: V): Promise<void>;
  /** Acknowledged like a write. It does not matter whether there is a value. */
  delete(key: K): Promise<void>;
  /**
   * Brings home what is still on its way, and takes no further writes. Some
   * caches resolve with a report.
   */
  close(): Promise<unknown>;
}

export class CacheClosedError extends Error {
  override readonly name = 'CacheClosedError';
}
