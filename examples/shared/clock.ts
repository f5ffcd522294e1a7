/** Time as a port: the system's in production, a virtual one in tests. */
export interface Clock {
  /** Milliseconds since the epoch; never goes back. */
  now(): number;
  /**
   * Runs the task after a delay of 0 or more, if the process lives that long: a
   * task does not keep it. Returns what cancels the task.
   */
  schedule(delayMs: number, task: () => void): () => void;
  /** Keeps the process until what it returns is called. */
  keepAlive?(): () => void;
}

/** Longer delays overflow the system's timers, which then fire at once. */
export const longestDelayMs = 2 ** 31 - 1;

/** It never changes, and takes longer to ask for than the time. */
const { timeOrigin } = performance;

/**
 * Reads the monotonic clock: one that follows corrections of the system's time
 * would stretch a delay by as much as the time was put back.
 */
export const systemClock: Clock = {
  now: () => timeOrigin + performance.now(),
  schedule(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    // Browsers have nothing to keep alive, and return a number.
    if (typeof timer === 'object') timer.unref();
    return () => clearTimeout(timer);
  },
  keepAlive() {
    const timer = setInterval(() => {}, longestDelayMs);
    return () => clearInterval(timer);
  },
};

/** Waits for somebody who is waited for: the process stays. */
export async function whileAwaited<T>(
  clock: Clock,
  work: Promise<T>,
): Promise<T> {
  const release = clock.keepAlive?.();
  try {
    return await work;
  } finally {
    release?.();
  }
}

export async function sleep(clock: Clock, ms: number): Promise<void> {
  if (ms === 0) return;
  const passed = new Promise<void>((resolve) => {
    clock.schedule(ms, resolve);
  });
  await whileAwaited(clock, passed);
}
