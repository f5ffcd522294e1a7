/**
 * Waits for a database that is away, with each batch as it is: to the cache, an
 * outage looks like a slow batch. To own it, copy it with what it imports.
 */
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay } from '../../shared/expect-option.ts';
import type { Operation, Store } from '../../shared/store.ts';

export interface PatientStoreOptions<K, V> {
  readonly store: Store<K, V>;
  /** Whether nobody has answered, so that no row can be to blame. */
  readonly isAway: (error: unknown) => boolean;
  /** Milliseconds after which the cache is told. Default: 600,000. */
  readonly patienceMs?: number;
  /** Milliseconds between two attempts, at most. Default: 1000. */
  readonly pauseMs?: number;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** From 0 to below 1; spreads the attempts. Default: `Math.random`. */
  readonly random?: () => number;
}

export class PatientStore<K, V> implements Store<K, V> {
  readonly #options: Required<PatientStoreOptions<K, V>>;

  constructor(options: PatientStoreOptions<K, V>) {
    const { patienceMs = 600_000, pauseMs = 1000 } = options;
    const { clock = systemClock, random = Math.random } = options;
    expectDelay('patienceMs', patienceMs);
    expectDelay('pauseMs', pauseMs);
    this.#options = { ...options, patienceMs, pauseMs, clock, random };
  }

  /** A reader is there to be told. */
  read(key: K): Promise<V | undefined> {
    return this.#options.store.read(key);
  }

  // #region write
  async write(batch: readonly Operation<K, V>[]): Promise<void> {
    const { store, isAway, patienceMs, pauseMs, clock } = this.#options;
    const end = clock.now() + patienceMs;
    for (;;) {
      try {
        return await store.write([...batch]);
      } catch (error) {
        if (!isAway(error) || clock.now() >= end) throw error;
      }
      // Between a half and all of it, or all batches would come at once.
      await this.#pause(pauseMs * (0.5 + this.#options.random() / 2));
    }
  }
  // #endregion write

  /** Nobody who ends the process is kept waiting by it. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#options.clock.schedule(ms, resolve);
    });
  }
}
