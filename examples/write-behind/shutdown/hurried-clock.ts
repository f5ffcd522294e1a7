import { type Clock, systemClock } from '../../shared/clock.ts';

// #region clock
/** A clock whose deadlines can be brought forward to now. */
export class HurriedClock implements Clock {
  readonly #clock: Clock;
  readonly #tasks = new Set<() => void>();

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  schedule(delayMs: number, task: () => void): () => void {
    const cancel = () => {
      this.#tasks.delete(run);
      cancelTimer();
    };
    const run = () => {
      cancel();
      task();
    };
    const cancelTimer = this.#clock.schedule(delayMs, run);
    this.#tasks.add(run);
    return cancel;
  }

  keepAlive(): () => void {
    return this.#clock.keepAlive?.() ?? (() => {});
  }

  /** Runs what is scheduled. What it schedules in turn has its time again. */
  hurry(): void {
    for (const run of [...this.#tasks]) {
      // One before it may have cancelled it.
      if (this.#tasks.has(run)) run();
    }
  }
}
// #endregion clock
