/** For a program that has to clear up, even if it is interrupted. */
import os from 'node:os';

/**
 * The first signal aborts the work, which clears up and ends. A second one does
 * not wait for that.
 */
export async function interruptible(
  work: (signal: AbortSignal) => Promise<void>,
  echoMs = 1000,
): Promise<void> {
  const interruption = new AbortController();
  const { signal } = interruption;
  let beganAt = 0;
  const hear = (name: NodeJS.Signals) => {
    const exitCode = 128 + os.constants.signals[name];
    if (!signal.aborted) {
      beganAt = performance.now();
      process.exitCode = exitCode;
      interruption.abort();
    } else if (performance.now() - beganAt >= echoMs) {
      // Sooner, it is npm that repeats what the terminal has told us.
      process.exit(exitCode);
    }
  };
  process.on('SIGINT', hear).on('SIGTERM', hear);
  try {
    await work(signal);
  } catch (error) {
    if (error !== signal.reason) throw error;
  } finally {
    process.off('SIGINT', hear).off('SIGTERM', hear);
  }
}
