/** Bounds who waits. To own it, copy this file and the three it imports. */
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay, expectSize } from '../../shared/expect-option.ts';
import { within } from '../../shared/timeout.ts';

export interface LoadShedderOptions {
  /** Pieces of work that may be under way at the same time. */
  readonly maxCallers: number;
  /** Milliseconds that a caller waits for an answer. */
  readonly timeoutMs: number;
  /** Default: the system's. */
  readonly clock?: Clock;
}

export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
}

export class LoadShedder {
  readonly #maxCallers: number;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  #underWay = 0;

  constructor(options: LoadShedderOptions) {
    const { maxCallers, timeoutMs, clock = systemClock } = options;
    expectSize('maxCallers', maxCallers);
    expectDelay('timeoutMs', timeoutMs);
    this.#maxCallers = maxCallers;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
  }

  /** Work that has begun and has not ended, whether or not anybody waits. */
  get underWay(): number {
    return this.#underWay;
  }

  // #region run
  /**
   * Begins the work, or refuses it with an `OverloadedError`. Whoever is told
   * of a `TimeoutError` does not know how the work will end.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay >= this.#maxCallers) {
      throw new OverloadedError(`${this.#maxCallers} callers wait already`);
    }
    return within(this.#clock, this.#timeoutMs, this.#begin(work));
  }

  async #begin<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      // When the work ends, not when its caller gives up.
      this.#underWay -= 1;
    }
  }
  // #endregion run
}
