/** How a memory budget becomes bounds. To own it, copy it with what it needs. */
import { expectSize, unexpected } from '../../shared/expect-option.ts';

// #region plan
export interface MemoryBudget {
  /** Bytes that the cache may take. Leave the process as much again. */
  readonly memoryBytes: number;
  /** Bytes of a key and its value, such as `estimateBytes` says. */
  readonly rowBytes: number;
  /** Keys that shall be able to wait: as many as an outage needs. */
  readonly maxPending: number;
}

export interface MemoryPlan {
  /** For keys that wait, when each has one write on its way and a newer one. */
  readonly pendingBytes: number;
  /** What is left for clean entries: the `maxBytes` of the expiring cache. */
  readonly maxBytes: number;
  /** The same as a number of entries, for the write-behind cache. */
  readonly maxEntries: number;
}

export function planMemory(budget: MemoryBudget): MemoryPlan {
  const { memoryBytes, rowBytes, maxPending } = budget;
  expectSize('memoryBytes', memoryBytes);
  expectSize('rowBytes', rowBytes);
  expectSize('maxPending', maxPending);
  const pendingBytes = maxPending * (2 * rowBytes + 400);
  const entryBytes = rowBytes + 300;
  const least = pendingBytes + entryBytes;
  if (memoryBytes < least) {
    const expected = `at least ${least} for ${maxPending} pending keys`;
    throw unexpected('memoryBytes', expected, memoryBytes);
  }
  const maxBytes = memoryBytes - pendingBytes;
  const maxEntries = Math.floor(maxBytes / entryBytes);
  return { pendingBytes, maxBytes, maxEntries };
}
// #endregion plan
