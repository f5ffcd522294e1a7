/**
 * What is known of the writes becomes options of the write-behind cache. To own
 * it, copy this file with what it imports.
 */
import type { RetryOptions } from '../../strategies/write-behind/write-behind-cache.ts';
import { planQueue } from '../../write-behind/backpressure/plan-queue.ts';
import {
  type MemoryPlan,
  planMemory,
} from '../../write-behind/memory/plan-memory.ts';
import { BatchTimes } from './batch-times.ts';
import {
  type Demand,
  expectDemand,
  type Loss,
  UnreachableError,
} from './demand.ts';
import { planRetries } from './plan-retries.ts';

// #region plan
export interface WritePlan {
  /** For the cache, as they are. */
  readonly options: PlannedOptions;
  /** Rows in a batch when all is well, and the milliseconds that it takes. */
  readonly batchRows: number;
  readonly batchMs: number;
  /** How busy one connection is with them. */
  readonly databaseShare: number;
  /** Keys that a crash takes when all is well, and at the worst moment. */
  readonly usualLoss: number;
  readonly worstLoss: number;
  /** Bytes of all that may wait. */
  readonly pendingBytes: number;
  /** From the end of the outage until nothing waits that came in it. */
  readonly recoveryMs: number;
}
// #endregion plan

export interface PlannedOptions {
  readonly maxBatchSize: number;
  readonly maxDelayMs: number;
  readonly maxPending: number;
  readonly maxEntries: number;
  readonly retry: RetryOptions;
}

// #region plan-writes
export function planWrites(demand: Demand): WritePlan {
  expectDemand(demand);
  const load = loadOf(demand);
  const { keysPerSecond, times } = load;
  const rows = batchRows(load);
  const lagMs = lagOf(rows, load);
  const { maxPending, recoveryMs } = planQueue({
    ...{ keysPerSecond, outageMs: demand.outageMs, rowBytes: demand.rowBytes },
    lagMs: headroom * lagMs,
    drainPerSecond: times.rateOf(rows),
    memoryBytes: Number.MAX_SAFE_INTEGER,
  });
  const { pendingBytes, maxEntries } = memoryFor(maxPending, demand);
  const isLossy = demand.loss !== 'none';
  return {
    options: {
      maxBatchSize: Math.min(times.maxRows, maxPending),
      maxDelayMs: roundedDelay(rows, load),
      ...{ maxPending, maxEntries },
      retry: planRetries(demand.outageMs),
    },
    ...{ batchRows: rows, batchMs: times.of(rows) },
    databaseShare: keysPerSecond / times.rateOf(rows),
    usualLoss: isLossy ? Math.ceil((keysPerSecond * lagMs) / 1000) : 0,
    worstLoss: isLossy ? maxPending : 0,
    ...{ pendingBytes, recoveryMs },
  };
}
// #endregion plan-writes

interface Load {
  readonly demand: Demand;
  readonly keysPerSecond: number;
  /** Keys that may wait, since a crash takes them along. */
  readonly bearable: number;
  readonly times: BatchTimes;
}

function loadOf(demand: Demand): Load {
  const { writesPerSecond, repeatedShare = 0, loss } = demand;
  const keysPerSecond = writesPerSecond * (1 - repeatedShare);
  const times = new BatchTimes(demand);
  const most = mostShare * times.rateOf(times.maxRows);
  if (keysPerSecond > most) {
    const writes = Math.floor(most / (1 - repeatedShare));
    throw new UnreachableError('writesPerSecond', 'at most', writes);
  }
  const bearable = keysIn(loss, keysPerSecond);
  return { demand, keysPerSecond, bearable, times };
}

function keysIn(loss: Loss, keysPerSecond: number): number {
  if (loss === 'none') return Infinity;
  // What is lost by computing with fractions must not count as a key.
  const nearly = 1e-9;
  return 'keys' in loss
    ? loss.keys
    : Math.floor((keysPerSecond * loss.ms) / 1000 + nearly);
}

// #region rows
/** Busier than this, it could not catch up after an outage. */
const mostShare = 0.5;
/** Busy no more than this, it gains little from a longer delay. */
const idleShare = 0.1;
/** Writes do not come as evenly as they are counted. */
const headroom = 2;

/** As many as are of use, or as few as the loss demands. */
function batchRows(load: Load): number {
  const { demand, keysPerSecond, bearable, times } = load;
  const least = Math.min(
    times.rowsFor(keysPerSecond, mostShare),
    times.maxRows,
  );
  const useful = Math.min(
    times.rowsFor(keysPerSecond, idleShare),
    times.efficientRows,
    times.maxRows,
  );
  for (let rows = Math.max(least, useful); rows >= least; rows--) {
    if (keysAtRisk(rows, demand.outageMs, load) <= bearable) return rows;
  }
  throw unbearable(least, load);
}

function keysAtRisk(rows: number, outageMs: number, load: Load): number {
  const ms = outageMs + headroom * lagOf(rows, load);
  return Math.ceil((load.keysPerSecond * ms) / 1000);
}

/** Where it is too much even without an outage, the outage is not to blame. */
function unbearable(rows: number, load: Load): UnreachableError {
  const { demand, keysPerSecond, bearable } = load;
  const keys = keysAtRisk(rows, 0, load);
  if (keys <= bearable) {
    const ms = (1000 * bearable) / keysPerSecond - headroom * lagOf(rows, load);
    return new UnreachableError('outageMs', 'at most', Math.floor(ms));
  }
  const isTime = demand.loss !== 'none' && 'ms' in demand.loss;
  const limit = isTime ? Math.ceil((1000 * keys) / keysPerSecond) : keys;
  return new UnreachableError('loss', 'at least', limit);
}

/** Until they have come, and not before the batch ahead has ended. */
function delayFor(rows: number, load: Load): number {
  const { demand, keysPerSecond, times } = load;
  const { leastDelayMs = 0 } = demand;
  const comeMs = (1000 * (rows - 1)) / keysPerSecond;
  return Math.max(leastDelayMs, comeMs, times.of(rows));
}

/** Longer than until the last has come, or it would miss the batch. */
function roundedDelay(rows: number, load: Load): number {
  const delayMs = delayFor(rows, load);
  const { leastDelayMs = 0 } = load.demand;
  return delayMs > leastDelayMs
    ? Math.floor(delayMs) + 1
    : Math.ceil(leastDelayMs);
}

/** From a write to its row, with a millisecond for rounding the delay. */
function lagOf(rows: number, load: Load): number {
  return delayFor(rows, load) + 1 + load.times.of(rows);
}
// #endregion rows

// #region memory
function memoryFor(maxPending: number, demand: Demand): MemoryPlan {
  const { memoryBytes, rowBytes } = demand;
  const plan = (keys: number, bytes: number) =>
    planMemory({ memoryBytes: bytes, rowBytes, maxPending: keys });
  // One more key, and there is room for an entry that is only read.
  const least = plan(maxPending + 1, Number.MAX_SAFE_INTEGER).pendingBytes;
  if (memoryBytes < least) {
    throw new UnreachableError('memoryBytes', 'at least', least);
  }
  return plan(maxPending, memoryBytes);
}
// #endregion memory
