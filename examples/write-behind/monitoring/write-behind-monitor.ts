/**
 * Watches a write-behind cache through its ports: how much the store lacks,
 * since when, and how the store answers. It needs no package. To own it, copy
 * this file, `unstored-writes.ts`, and the cache with what it imports.
 */
import { type Clock, systemClock } from '../../shared/clock.ts';
import { unexpected } from '../../shared/expect-option.ts';
import type { Journal, Settled } from '../../shared/journal.ts';
import {
  isPartialWriteError,
  isPermanent,
  type Operation,
  type Store,
} from '../../shared/store.ts';
import type { WriteBehindOptions } from '../../strategies/write-behind/write-behind-cache.ts';
import { UnstoredWrites } from './unstored-writes.ts';

/** What the cache would have got, if nobody watched it. */
export interface MonitorOptions<K, V>
  extends Pick<WriteBehindOptions<K, V>, 'store' | 'journal' | 'clock'> {
  /** Without it, nobody would hear of a write that is given up. */
  readonly onDeadLetter: NonNullable<WriteBehindOptions<K, V>['onDeadLetter']>;
}

// #region readings
export interface Readings {
  /** Keys of which the store lacks an acknowledged change. */
  readonly queueSize: number;
  /** How long the oldest of these changes has waited. */
  readonly oldestAgeMs: number;
  /** Calls of `store.write` that failed since the last one that did not. */
  readonly failuresInARow: number;
  /** What the last reconciliation found; undefined before the first one. */
  readonly driftKeys: number | undefined;
  readonly reconciledAt: number | undefined;
  /** Since the start: changes, attempts after the first, hand-overs. */
  readonly accepted: number;
  readonly retries: number;
  readonly deadLetters: number;
}

/** One call of `store.write` that has ended. */
export interface Flush {
  readonly durationMs: number;
  readonly outcome: 'stored' | 'partial' | 'failed';
}
// #endregion readings

export class WriteBehindMonitor<K, V> {
  /** To build the cache with: `new WriteBehindCache({ ...monitor.ports })`. */
  readonly ports: Required<MonitorOptions<K, V>>;
  readonly #clock: Clock;
  readonly #unstored = new UnstoredWrites<K>();
  readonly #listeners: ((flush: Flush) => void)[] = [];
  readonly #counts = {
    accepted: 0,
    retries: 0,
    deadLetters: 0,
    failuresInARow: 0,
  };
  #driftKeys: number | undefined;
  #reconciledAt: number | undefined;

  constructor(options: MonitorOptions<K, V>) {
    const { store, journal, onDeadLetter, clock = systemClock } = options;
    this.#clock = clock;
    this.ports = {
      clock,
      journal: this.#watchJournal(journal),
      store: this.#watchStore(store),
      onDeadLetter: (letter) => {
        this.#counts.deadLetters += 1;
        return onDeadLetter(letter);
      },
    };
  }

  readings(): Readings {
    return {
      ...this.#counts,
      queueSize: this.#unstored.size,
      oldestAgeMs: this.#unstored.oldestAge(this.#clock.now()),
      driftKeys: this.#driftKeys,
      reconciledAt: this.#reconciledAt,
    };
  }

  /** To be told by whoever compares cache and store: how many keys differ. */
  reconciled(driftKeys: number): void {
    if (!Number.isSafeInteger(driftKeys) || driftKeys < 0) {
      throw unexpected('driftKeys', 'a whole number from 0', driftKeys);
    }
    this.#driftKeys = driftKeys;
    this.#reconciledAt = this.#clock.now();
  }

  /**
   * The listener must not throw: the cache would take it for an error of the
   * store.
   */
  onFlush(listener: (flush: Flush) => void): void {
    this.#listeners.push(listener);
  }

  // #region ports
  #watchJournal(journal: Journal<K, V> | undefined): Journal<K, V> {
    return {
      append: async (operation) => {
        await journal?.append(operation);
        this.#accept(operation);
      },
      settle: async (operations) => {
        for (const operation of operations) this.#unstored.settle(operation);
        await journal?.settle(operations);
      },
      replay: async () => {
        const operations = (await journal?.replay()) ?? [];
        for (const operation of operations) this.#accept(operation);
        return operations;
      },
      lastVersion: async () => (await journal?.lastVersion()) ?? 0,
    };
  }

  #watchStore(store: Store<K, V>): Store<K, V> {
    return {
      read: (key) => store.read(key),
      write: async (batch) => {
        const begin = this.#clock.now();
        const operations = [...batch];
        for (const operation of operations) this.#setOut(operation, begin);
        try {
          await store.write(batch);
        } catch (error) {
          this.#end(begin, outcomeOf(error, operations.length));
          throw error;
        }
        for (const operation of operations) this.#unstored.settle(operation);
        this.#end(begin, 'stored');
      },
    };
  }
  // #endregion ports

  #accept(operation: Settled<K>): void {
    this.#counts.accepted += 1;
    this.#unstored.accept(operation, this.#clock.now());
  }

  #setOut(operation: Operation<K, V>, now: number): void {
    if (this.#unstored.setOut(operation, now)) this.#counts.retries += 1;
  }

  #end(begin: number, outcome: Flush['outcome']): void {
    // A store that refuses some rows is not down.
    if (outcome === 'failed') this.#counts.failuresInARow += 1;
    else this.#counts.failuresInARow = 0;
    const durationMs = this.#clock.now() - begin;
    for (const listener of this.#listeners) listener({ durationMs, outcome });
  }
}

/** Where all rows are named, and none is at fault for good, the store is down. */
function outcomeOf(error: unknown, rows: number): Flush['outcome'] {
  if (!isPartialWriteError(error)) return 'failed';
  const isAll = error.failed.length === rows;
  return isAll && !isPermanent(error) ? 'failed' : 'partial';
}
