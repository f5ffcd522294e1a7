import type { Operation, Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { AdaptiveSize } from '../../write-behind/batching/adaptive-size.ts';
import type { BatchSize } from '../../write-behind/batching/batch-size.ts';
import { BatchingStore } from '../../write-behind/batching/batching-store.ts';
import { AimdSize } from '../../write-behind/batching/before.ts';
import { type Costs, moods } from '../../write-behind/batching/costs.ts';
import { FixedSize } from '../../write-behind/batching/fixed-size.ts';
import { PricedStore } from '../../write-behind/batching/priced-store.ts';

/** How writes become batches. */
export interface Batching {
  readonly maxBatchSize: number;
  readonly maxDelayMs: number;
  /** Makes the batches again, before they reach the database. */
  readonly size?: () => BatchSize;
}

// #region batchings
const unlimited = 1_000_000;
const targetMs = 50;

export const batchings = {
  'count-10': { maxBatchSize: 10, maxDelayMs: 1000 },
  'count-100': { maxBatchSize: 100, maxDelayMs: 1000 },
  'count-1000': { maxBatchSize: 1000, maxDelayMs: 1000 },
  'time-20': { maxBatchSize: unlimited, maxDelayMs: 20 },
  'time-100': { maxBatchSize: unlimited, maxDelayMs: 100 },
  'time-1000': { maxBatchSize: unlimited, maxDelayMs: 1000 },
  'as-it-comes': {
    maxBatchSize: unlimited,
    maxDelayMs: 20,
    size: () => new FixedSize(unlimited),
  },
  aimd: {
    maxBatchSize: unlimited,
    maxDelayMs: 20,
    size: () => new AimdSize({ targetMs }),
  },
  adaptive: {
    maxBatchSize: unlimited,
    maxDelayMs: 20,
    size: () => new AdaptiveSize({ targetMs }),
  },
} satisfies Record<string, Batching>;
// #endregion batchings

// #region stage
export const stage = { tickMs: 10, settleMs: 1000, timeoutMs: 400 };
// #endregion stage

export interface Load {
  /** A multiple of 100: they come in ticks. */
  readonly perSecond: number;
  readonly ms: number;
  readonly event: Event;
}

/** What happens to the database when the observation begins. */
export interface Event {
  readonly costs: Costs;
  /** For so long, it answers nothing, and then goes on. */
  readonly hangMs: number;
}

export const events = {
  usual: { costs: moods.usual, hangMs: 0 },
  'costly-rows': { costs: moods['costly-rows'], hangMs: 0 },
  'costly-commits': { costs: moods['costly-commits'], hangMs: 0 },
  hang: { costs: moods.usual, hangMs: 5000 },
} satisfies Record<string, Event>;

export interface Observed {
  /**
   * Milliseconds from a write to its row, on average. What is not stored in the
   * end counts as if it were stored then.
   */
  readonly meanWaitMs: number;
  /** Milliseconds that a batch took, at most, with those that failed. */
  readonly longestMs: number;
  /** Batches that failed. */
  readonly failures: number;
}

/** The database is as usual at first; what is observed begins thereafter. */
export async function play(
  { maxBatchSize, maxDelayMs, size }: Batching,
  { perSecond, ms, event }: Load,
): Promise<Observed> {
  const clock = new VirtualClock(allPromiseJobs);
  const { tickMs, settleMs, timeoutMs } = stage;
  const database = new PricedStore<number, number>({
    ...{ clock, timeoutMs },
    costs: moods.usual,
  });
  const seen = { waitMs: 0, stored: 0, longestMs: 0, failures: 0 };
  const set = new Map<number, number>();
  let isObserving = false;
  /** One connection, so a batch begins when the one before has ended. */
  let freeAt = 0;
  const store: Store<number, number> = {
    read: (key) => database.read(key),
    async write(batch: readonly Operation<number, number>[]) {
      const sentAt = clock.now();
      try {
        await database.write(batch);
        for (const { key } of batch) settle(key);
      } catch (error) {
        if (isObserving) seen.failures += 1;
        throw error;
      } finally {
        const tookMs = clock.now() - Math.max(sentAt, freeAt);
        freeAt = clock.now();
        if (isObserving) seen.longestMs = Math.max(seen.longestMs, tookMs);
      }
    },
  };
  function settle(key: number): void {
    const setAt = set.get(key);
    if (setAt === undefined) return;
    seen.waitMs += clock.now() - setAt;
    seen.stored += 1;
    set.delete(key);
  }

  const cache = new WriteBehindCache<number, number>({
    store:
      size === undefined
        ? store
        : new BatchingStore({ store, clock, size: size(), maxInFlight: 1 }),
    ...{ clock, maxBatchSize, maxDelayMs },
    maxPending: unlimited,
    random: () => 0.5,
  });
  let key = 0;
  while (clock.now() < settleMs + ms) {
    if (!isObserving && clock.now() >= settleMs) {
      isObserving = true;
      database.costs = event.costs;
      if (event.hangMs > 0) {
        database.rows.hang();
        clock.schedule(event.hangMs, () => database.rows.recover());
      }
    }
    for (let write = 0; write < (perSecond * tickMs) / 1000; write += 1) {
      key += 1;
      if (isObserving) set.set(key, clock.now());
      await cache.set(key, key);
    }
    await clock.advance(tickMs);
  }
  for (const left of [...set.keys()]) settle(left);
  const { waitMs, stored, longestMs, failures } = seen;
  return { meanWaitMs: waitMs / stored, longestMs, failures };
}

/** In Node, no immediate starts before the jobs are done. */
function allPromiseJobs(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
