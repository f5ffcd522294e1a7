/** The system of record, as a cache sees it. */

/**
 * One change of one key. Of two operations on a key, the one with the higher
 * `version` is the later one, in whatever order they arrive.
 */
export type Operation<K, V> =
  | {
      readonly type: 'set';
      readonly key: K;
      readonly value: V;
      readonly version: number;
    }
  | { readonly type: 'delete'; readonly key: K; readonly version: number };

export interface Store<K, V> {
  read(key: K): Promise<V | undefined>;

  /**
   * Carries out all of the batch, which holds a key once at most. Otherwise it
   * rejects: with a `PartialWriteError` where it knows which operations failed,
   * with any other error where none or some of them may have been carried out.
   *
   * An operation may come again, and late: one that is older than what the
   * store holds of its key must change nothing.
   */
  write(batch: readonly Operation<K, V>[]): Promise<void>;
}

/** The operations that failed; the others of their batch are in the store. */
export class PartialWriteError<K, V> extends Error {
  override readonly name = 'PartialWriteError';
  readonly failed: readonly Operation<K, V>[];
  /** Those of them that would fail again at each further attempt. */
  readonly hopeless: readonly Operation<K, V>[];
  /** Whether all of them would. */
  readonly permanent: boolean;

  constructor(
    failed: readonly Operation<K, V>[],
    options: ErrorOptions & {
      readonly permanent?: boolean;
      readonly hopeless?: readonly Operation<K, V>[];
    } = {},
  ) {
    super(`${failed.length} of the batch's operations failed`, options);
    const { permanent = false, hopeless = permanent ? failed : [] } = options;
    this.failed = failed;
    this.hopeless = hopeless;
    this.permanent = failed.length > 0 && hopeless.length === failed.length;
  }
}

/**
 * Told by its name: a project that copies from two places may have the class
 * twice.
 */
export function isPartialWriteError<K, V>(
  error: unknown,
): error is PartialWriteError<K, V> {
  return (
    error instanceof Error &&
    error.name === 'PartialWriteError' &&
    'failed' in error &&
    Array.isArray(error.failed)
  );
}

/** Whether it says of this key that it would fail at each further attempt. */
export function isHopeless<K>(error: unknown, key: K): boolean {
  if (!isPartialWriteError<K, unknown>(error)) return false;
  // The other class may be older than this property.
  const hopeless = error.hopeless ?? (error.permanent ? error.failed : []);
  return hopeless.some((operation) => operation.key === key);
}

/** Any error may say that it would come again at each further attempt. */
export function isPermanent(error: unknown): boolean {
  return (
    error instanceof Error && 'permanent' in error && error.permanent === true
  );
}
