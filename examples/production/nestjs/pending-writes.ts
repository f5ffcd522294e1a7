import { type Clock, systemClock } from '../../shared/clock.ts';
import type { Journal, Settled } from '../../shared/journal.ts';
import type { Operation } from '../../shared/store.ts';

export interface PendingWrite<K, V> {
  readonly operation: Operation<K, V>;
  readonly acceptedAt: number;
}

/**
 * What waits for the database, for whoever may look at it. It stands where a
 * journal does, and survives nothing.
 */
export class PendingWrites<K, V> implements Journal<K, V> {
  readonly #writes = new Map<K, PendingWrite<K, V>>();
  readonly #clock: Clock;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  // #region journal
  async append(operation: Operation<K, V>): Promise<void> {
    const acceptedAt = this.#clock.now();
    this.#writes.set(operation.key, { operation, acceptedAt });
  }

  async settle(operations: readonly Settled<K>[]): Promise<void> {
    for (const { key, version } of operations) {
      const write = this.#writes.get(key);
      // A later write of the key waits still.
      if (write === undefined || write.operation.version > version) continue;
      this.#writes.delete(key);
    }
  }
  // #endregion journal

  async replay(): Promise<readonly Operation<K, V>[]> {
    return [];
  }

  async lastVersion(): Promise<number> {
    return 0;
  }

  /** In the order in which their keys were first written. */
  first(count: number): PendingWrite<K, V>[] {
    const found: PendingWrite<K, V>[] = [];
    for (const write of this.#writes.values()) {
      if (found.length >= count) break;
      found.push(write);
    }
    return found;
  }
}
