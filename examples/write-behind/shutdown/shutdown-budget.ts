/** How long a cache may drain. Copy this file and the two that it needs. */
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';

// #region budget
/** All times in milliseconds. */
export interface ShutdownPlan {
  /** From the wish to end the process until it is killed. */
  readonly graceMs: number;
  /** Of it, what a hook takes before the process hears of it. Default: 0. */
  readonly preStopMs?: number;
  readonly noticeMs?: number;
  readonly requestsMs: number;
  readonly keepMs: number;
  /** Against clocks, a busy machine, the end of the process. Default: 2000. */
  readonly marginMs?: number;
  /** The cache's bound. */
  readonly maxPending: number;
  /** Rows a second that the store takes from this process. */
  readonly drainPerSecond: number;
}

export interface ShutdownBudget {
  /** What is left for the cache. */
  readonly drainMs: number;
  /** What it needs with `maxPending` writes. */
  readonly neededMs: number;
  readonly isEnough: boolean;
  /** What a slow or restarting store may take beyond that. */
  readonly spareMs: number;
}

export function shutdownBudget(plan: ShutdownPlan): ShutdownBudget {
  const { graceMs, preStopMs = 0, noticeMs = 0, marginMs = 2000 } = plan;
  const { requestsMs, keepMs, maxPending, drainPerSecond } = plan;
  const before = { preStopMs, noticeMs, requestsMs, keepMs, marginMs };
  for (const [name, ms] of Object.entries({ graceMs, ...before })) {
    expectDelay(name, ms);
  }
  expectSize('maxPending', maxPending);
  if (!(drainPerSecond > 0 && drainPerSecond < Infinity)) {
    throw unexpected('drainPerSecond', 'a number above 0', drainPerSecond);
  }
  const spent = Object.values(before).reduce((sum, ms) => sum + ms, 0);
  if (spent >= graceMs) {
    const more = `more than the ${spent} ms that all but the drain takes`;
    throw unexpected('graceMs', more, graceMs);
  }
  const drainMs = graceMs - spent;
  const neededMs = Math.ceil((1000 * maxPending) / drainPerSecond);
  return {
    drainMs,
    neededMs,
    isEnough: neededMs <= drainMs,
    spareMs: Math.max(0, drainMs - neededMs),
  };
}
// #endregion budget
