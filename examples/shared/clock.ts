/** Time as a port: the system's in production, a virtual one in tests. */
export interface Clock {
  /** Milliseconds since the epoch; never goes back. */
  now(): number;

  /** Runs the task after a delay of 0 or more. Returns what cancels it. */
  schedule(delayMs: number, task: () => void): () => void;
}

/** Longer delays overflow the system's timers, which then fire at once. */
export const longestDelayMs = 2 ** 31 - 1;

/**
 * Reads the monotonic clock: one that follows corrections of the system's time
 * would stretch a delay by as much as the time was put back.
 */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  schedule(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
