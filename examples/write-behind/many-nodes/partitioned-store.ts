import type { Operation, Store } from '../../shared/store.ts';

// #region port
/** The right to write a partition. Of two tokens, the later one is higher. */
export interface Claim {
  readonly partition: number;
  readonly token: number;
}

/** A system of record that knows of partitions, and of who owns them. */
export interface PartitionedStore<V> {
  /**
   * From now on, whoever comes with a lower token is refused. Rejects with a
   * `FencedOutError` where a token that is as high has been here before.
   */
  claim(claim: Claim): Promise<ClaimedStore<V>>;
  read(key: string): Promise<V | undefined>;
}

/**
 * The store as one owner sees it. `write` carries out the batch and remembers
 * its last version in one transaction, unless the owner is no longer the owner:
 * then it changes nothing, and rejects with a `FencedOutError`.
 */
export interface ClaimedStore<V> extends Store<string, V> {
  /** The last version that was stored before, by whomever. */
  readonly position: number;
}
// #endregion port

export class FencedOutError extends Error {
  override readonly name = 'FencedOutError';
  /** The highest token that the store has seen. */
  readonly seen: number;

  constructor({ partition, token }: Claim, seen: number) {
    super(
      `partition ${partition}: token ${token} is refused, the store has seen ${seen}`,
    );
    this.seen = seen;
  }
}

/** Of each key the last operation, in the order of the versions. */
export function newestOfEach<V>(
  operations: readonly Operation<string, V>[],
): readonly Operation<string, V>[] {
  const newest = new Map<string, Operation<string, V>>();
  for (const operation of operations) {
    // It moves to the end of the map.
    newest.delete(operation.key);
    newest.set(operation.key, operation);
  }
  return [...newest.values()];
}
