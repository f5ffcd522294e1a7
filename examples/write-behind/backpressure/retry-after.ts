/** When to come back. To own it, copy this file and the two that it imports. */
import { type Clock, systemClock } from '../../shared/clock.ts';
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';

export interface RetryAfterOptions {
  /** Such as `() => cache.stats()`. It is asked once a second at most. */
  readonly stats: () => { readonly persisted: number };
  /** That of the cache. Callers shall come back when half of it is free. */
  readonly maxPending: number;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Milliseconds in which it looks at the rate. Default: 5000. */
  readonly windowMs?: number;
  /** Seconds, where the store takes nothing. Default: 30. */
  readonly maxSeconds?: number;
  /** From 0 to below 1; spreads the callers. Default: `Math.random`. */
  readonly random?: () => number;
}

interface Look {
  readonly at: number;
  readonly persisted: number;
}

const betweenLooksMs = 1000;

export class RetryAfter {
  readonly #stats: () => { readonly persisted: number };
  readonly #maxPending: number;
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #maxSeconds: number;
  readonly #random: () => number;
  /** Of the window, the oldest first. */
  #looks: Look[] = [];

  constructor(options: RetryAfterOptions) {
    const { clock = systemClock, random = Math.random } = options;
    const { windowMs = 5000, maxSeconds = 30, maxPending } = options;
    expectSize('maxPending', maxPending);
    expectSize('maxSeconds', maxSeconds);
    expectDelay('windowMs', windowMs);
    if (windowMs < 2 * betweenLooksMs) {
      throw unexpected('windowMs', '2000 or more', windowMs);
    }
    this.#stats = options.stats;
    this.#maxPending = maxPending;
    this.#clock = clock;
    this.#windowMs = windowMs;
    this.#maxSeconds = maxSeconds;
    this.#random = random;
  }

  // #region rate
  /** Call it with each request, or it knows no rate when one is refused. */
  observe(): void {
    const at = this.#clock.now();
    const latest = this.#looks.at(-1);
    if (latest && at - latest.at < betweenLooksMs) return;
    const oldest = at - this.#windowMs;
    this.#looks = this.#looks.filter((look) => look.at >= oldest);
    this.#looks.push({ at, persisted: this.#stats().persisted });
  }

  /** Rows a second that the store has taken lately. */
  #drainRate(): number {
    const [first, last] = [this.#looks.at(0), this.#looks.at(-1)];
    if (first === undefined || last === undefined || first === last) return 0;
    const rows = last.persisted - first.persisted;
    return Math.max(0, (1000 * rows) / (last.at - first.at));
  }
  // #endregion rate

  // #region seconds
  /** For whoever found the queue full: from 1 to twice `maxSeconds`. */
  seconds(): number {
    this.observe();
    const untilHalf = this.#maxPending / 2 / this.#drainRate();
    const least = Math.min(this.#maxSeconds, Math.max(1, untilHalf));
    // Those who were refused together must not come back together.
    return Math.ceil(least * (1 + this.#random()));
  }
  // #endregion seconds
}
