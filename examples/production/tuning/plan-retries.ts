/** Attempts that outlast an outage. To own it, copy it with what it imports. */
import { expectDelay } from '../../shared/expect-option.ts';
import { retryWindow } from '../../strategies/write-behind/retry-window.ts';
import type { RetryOptions } from '../../strategies/write-behind/write-behind-cache.ts';

// #region attempts
/** One batch in a million may still give up before the outage is over. */
const chance = 1e-6;
const fewest = 5;

/** For a database that refuses at once, which uses attempts up the fastest. */
export function planRetries(outageMs: number): RetryOptions {
  expectDelay('outageMs', outageMs);
  const baseDelayMs = 100;
  // The longest pause is what recovery may take longer than the outage.
  const maxDelayMs = Math.min(10_000, Math.max(1000, outageMs / 10));
  const retry = (attempts: number) => ({ attempts, baseDelayMs, maxDelayMs });
  const isEnough = (attempts: number) =>
    surelyLastsMs(retry(attempts)) >= outageMs;
  let [tooFew, enough] = [fewest - 1, fewest];
  while (!isEnough(enough)) [tooFew, enough] = [enough, 2 * enough];
  while (enough - tooFew > 1) {
    const middle = Math.ceil((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return retry(enough);
}

/**
 * What the pauses come to at least, but for that chance. Each is drawn evenly
 * from 0 to its longest, and such sums have tails no fatter than a normal one:
 * they fall short of their average by t with a chance below e^(-t²/2 variance).
 */
export function surelyLastsMs(retry: RetryOptions): number {
  let variance = 0;
  for (let pause = 0; pause < retry.attempts - 1; pause++) {
    const longest = Math.min(retry.maxDelayMs, retry.baseDelayMs * 2 ** pause);
    variance += longest ** 2 / 12;
  }
  const shortfall = Math.sqrt(-2 * Math.log(chance) * variance);
  return Math.max(0, retryWindow(retry).averageMs - shortfall);
}
// #endregion attempts
