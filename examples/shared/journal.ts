import type { Operation } from './store.ts';

/** Remembers, beyond the end of the process, what the store does not have yet. */
export interface Journal<K, V> {
  /**
   * Resolves once the operation would survive a crash: never before. After an
   * error, nobody can say whether it would.
   */
  append(operation: Operation<K, V>): Promise<void>;
  /**
   * Forgets these operations, and the earlier ones of their keys. Whatever it
   * fails to forget is stored once more after a crash, which does no harm.
   */
  settle(operations: readonly Settled<K>[]): Promise<void>;
  /** What was appended and not forgotten, in the order in which it came. */
  replay(): Promise<readonly Operation<K, V>[]>;
  /**
   * The highest version that was ever appended, whether or not it is forgotten:
   * the next process goes on above it. 0 where nothing was.
   */
  lastVersion(): Promise<number>;
}

/** An operation whose end is known: its value is nobody's concern any more. */
export interface Settled<K> {
  readonly key: K;
  readonly version: number;
}
