import { type Clock, systemClock } from '../../shared/clock.ts';
import { isPermanent, type Operation } from '../../shared/store.ts';
import {
  type ClaimedStore,
  FencedOutError,
  newestOfEach,
} from './partitioned-store.ts';

/** What waits in one partition, for its owner. */
export interface PartitionLog<V> {
  /** What came after that version, or nothing when it has waited long enough. */
  read(after: number): Promise<readonly Operation<string, V>[]>;
  settle(operations: readonly Operation<string, V>[]): Promise<void>;
  /** Whatever comes from now on has a version above that one. */
  raise(version: number): Promise<void>;
  bury(operation: Operation<string, V>, error: unknown): Promise<void>;
  /** Ends a read that waits. */
  close(): void;
}

export interface PartitionOwnerOptions<V> {
  readonly log: PartitionLog<V>;
  readonly store: ClaimedStore<V>;
  readonly onError: (error: unknown) => void;
  readonly clock?: Clock;
}

/** Brings what waits in one partition to the store, in order, batch by batch. */
export class PartitionOwner<V> {
  /** Resolves when it was stopped, or when it is the owner no more. */
  readonly ended: Promise<'stopped' | 'fenced out'>;
  readonly #options: PartitionOwnerOptions<V>;
  readonly #clock: Clock;
  #position: number;
  #isStopped = false;
  #wake = () => {};

  constructor(options: PartitionOwnerOptions<V>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#position = options.store.position;
    this.ended = this.#run();
  }

  /** What is on its way to the store arrives, and nothing sets out after it. */
  stop(): void {
    this.#isStopped = true;
    this.#options.log.close();
    this.#wake();
  }

  // #region run
  async #run(): Promise<'stopped' | 'fenced out'> {
    const { log, onError } = this.#options;
    // What the last owner has stored, and not settled, comes once more.
    let after = 0;
    let failures = 0;
    while (!this.#isStopped) {
      try {
        // Redis may have restarted, and forgotten what the store has.
        if (failures > 0) await log.raise(this.#position);
        const operations = await log.read(after);
        await this.#store(operations);
        await log.settle(operations);
        after = operations.at(-1)?.version ?? after;
        failures = 0;
      } catch (error) {
        const isFencedOut = error instanceof FencedOutError;
        if (this.#isStopped && !isFencedOut) break;
        onError(error);
        if (isFencedOut) return 'fenced out';
        // It may have forgotten what was settled last, too.
        after = 0;
        failures += 1;
        await this.#pause(Math.min(100 * 2 ** (failures - 1), 10_000));
      }
    }
    return 'stopped';
  }
  // #endregion run

  // #region store
  async #store(operations: readonly Operation<string, V>[]): Promise<void> {
    const batch = newestOfEach(
      operations.filter(({ version }) => version > this.#position),
    );
    if (batch.length === 0) return;
    try {
      await this.#write(batch);
    } catch (error) {
      if (!isPermanent(error)) throw error;
      // One of them is at fault, and the others shall not suffer.
      for (const operation of batch) await this.#writeOrBury(operation);
    }
  }

  async #writeOrBury(operation: Operation<string, V>): Promise<void> {
    try {
      await this.#write([operation]);
    } catch (error) {
      if (!isPermanent(error)) throw error;
      await this.#options.log.bury(operation, error);
      this.#position = operation.version;
    }
  }
  // #endregion store

  async #write(batch: readonly Operation<string, V>[]): Promise<void> {
    await this.#options.store.write(batch);
    this.#position = batch.at(-1)?.version ?? this.#position;
  }

  /** Its end, or that of the owner. */
  async #pause(ms: number): Promise<void> {
    const release = this.#clock.keepAlive?.();
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.schedule(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    release?.();
  }
}
