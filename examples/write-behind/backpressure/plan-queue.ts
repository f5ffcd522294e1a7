/** How long a queue must be. To own it, copy this file and the two it needs. */
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';

// #region plan
export interface Demand {
  /** Keys a second that begin to wait. A key that waits already costs none. */
  readonly keysPerSecond: number;
  /** Milliseconds of the longest outage in which no write is held up. */
  readonly outageMs: number;
  /** Bytes of one key and its value, as this process holds them. */
  readonly rowBytes: number;
  /** Bytes that the queue may take. */
  readonly memoryBytes: number;
  /** Rows a second that the store takes in batches. */
  readonly drainPerSecond: number;
  /** `maxDelayMs`, and milliseconds that a batch takes. Default: 1100. */
  readonly lagMs?: number;
  /** Bytes that a pending write takes beside key and value. Default: 250. */
  readonly overheadBytes?: number;
}

export interface QueuePlan {
  /** At most this much is lost in a crash. */
  readonly maxPending: number;
  readonly bytes: number;
  /** The outage that it survives: less than asked for if memory is short. */
  readonly survivesMs: number;
  /** From the end of that outage until the queue is empty. */
  readonly recoveryMs: number;
}

export function planQueue(demand: Demand): QueuePlan {
  const { keysPerSecond, outageMs, rowBytes, memoryBytes } = demand;
  const { drainPerSecond, lagMs = 1100, overheadBytes = 250 } = demand;
  expectAll(demand, { lagMs, overheadBytes });
  const bytesEach = rowBytes + overheadBytes;
  const needed = Math.ceil((keysPerSecond * (outageMs + lagMs)) / 1000);
  const affordable = Math.floor(memoryBytes / bytesEach);
  const maxPending = Math.max(1, Math.min(needed, affordable));
  const lasts = (1000 * maxPending) / keysPerSecond - lagMs;
  return {
    maxPending,
    bytes: maxPending * bytesEach,
    survivesMs: Math.max(0, Math.min(outageMs, lasts)),
    recoveryMs: (1000 * maxPending) / (drainPerSecond - keysPerSecond),
  };
}
// #endregion plan

function expectAll(
  demand: Demand,
  { lagMs, overheadBytes }: { lagMs: number; overheadBytes: number },
): void {
  const { keysPerSecond, outageMs, rowBytes, memoryBytes } = demand;
  if (!(keysPerSecond > 0 && keysPerSecond < Infinity)) {
    throw unexpected('keysPerSecond', 'a number above 0', keysPerSecond);
  }
  expectDelay('outageMs', outageMs);
  expectDelay('lagMs', lagMs);
  expectSize('rowBytes', rowBytes);
  if (!(Number.isSafeInteger(overheadBytes) && overheadBytes >= 0)) {
    throw unexpected('overheadBytes', 'a whole number from 0', overheadBytes);
  }
  expectSize('memoryBytes', memoryBytes);
  const bytesEach = rowBytes + overheadBytes;
  if (memoryBytes < bytesEach) {
    const least = `at least the ${bytesEach} bytes of one write`;
    throw unexpected('memoryBytes', least, memoryBytes);
  }
  const { drainPerSecond } = demand;
  if (!(drainPerSecond > keysPerSecond && drainPerSecond < Infinity)) {
    const more = `more than the ${keysPerSecond} keys that come in a second`;
    throw unexpected('drainPerSecond', more, drainPerSecond);
  }
}
