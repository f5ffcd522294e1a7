import { Random } from '../../shared/random.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { BatchingStore } from '../../write-behind/batching/batching-store.ts';
import { FixedSize } from '../../write-behind/batching/fixed-size.ts';
import { PricedStore } from '../../write-behind/batching/priced-store.ts';
import type { Demand } from './demand.ts';
import { PatientStore } from './patient-store.ts';

export type CacheOptions = Pick<
  WriteBehindOptions<string, number>,
  'maxBatchSize' | 'maxDelayMs' | 'maxPending' | 'maxEntries' | 'retry'
>;

/** What happens, and what stands between the cache and the database. */
export interface Trial {
  readonly calmMs: number;
  /** After which the database is back. Default: 0, and it never goes away. */
  readonly outageMs?: number;
  /** Whether it answers nothing then, or fails each call at once. */
  readonly outage?: 'hangs' | 'refuses';
  readonly afterMs?: number;
  readonly stack?: Stack;
  /** The keys of the writes, one after the other. Default: by the demand. */
  readonly keyOf?: (write: number) => string;
  /** Milliseconds between two moments at which writes come. Default: 5. */
  readonly tickMs?: number;
  readonly seed?: number;
}

export type Stack = 'cache' | 'patient' | 'patient-batches';

export interface Seen {
  readonly writes: number;
  readonly refused: number;
  readonly deadLettered: number;
  /** Writes that waited when the outage began, or came in it. */
  readonly inOutage: number;
  /** Keys that a crash would take, at most: before the outage, and ever. */
  readonly usualLoss: number;
  readonly worstLoss: number;
  /** How busy the database was before the outage. */
  readonly share: number;
  /** From the end of the outage until all that came in it is stored. */
  readonly recoveryMs: number;
}

type Work = Pick<
  Demand,
  'writesPerSecond' | 'repeatedShare' | 'databaseMs' | 'rowMs'
>;

/** Plays the writes of a demand with these options, in virtual time. */
export async function playPlan(
  options: CacheOptions,
  work: Work,
  trial: Trial,
): Promise<Seen> {
  const { writesPerSecond, repeatedShare = 0 } = work;
  const { databaseMs, rowMs = 0.1 } = work;
  const { calmMs, outageMs = 0, outage = 'hangs', afterMs = 0 } = trial;
  const { stack = 'cache', tickMs = 5, seed = 1 } = trial;
  const clock = new VirtualClock(allPromiseJobs);
  const dice = new Random(seed);
  const random = () => dice.fraction();
  const overheadMs = databaseMs - rowMs;
  const costs = { statementMs: overheadMs, commitMs: 0, rowMs };
  const database = new PricedStore<string, number>({ clock, costs });
  const endMs = calmMs + outageMs;
  const isAway = () => clock.now() >= calmMs && clock.now() < endMs;

  /** The last acknowledged write of each key that the database lacks. */
  const waiting = new Map<string, number>();
  const ofOutage = new Set<string>();
  const seen = { writes: 0, refused: 0, deadLettered: 0, busyMs: 0 };
  let inOutage = 0;
  const loss = { usual: 0, worst: 0 };
  let recoveredAt = endMs;

  const store: Store<string, number> = {
    read: (key) => database.read(key),
    async write(batch: readonly Operation<string, number>[]) {
      const sent = [...batch];
      if (isAway() && outage === 'refuses') throw new DatabaseAwayError();
      if (clock.now() < calmMs) seen.busyMs += overheadMs + rowMs * sent.length;
      await database.write(batch);
      for (const operation of sent) arrive(operation);
    },
  };
  const arrive = (operation: Operation<string, number>) => {
    const { key } = operation;
    const isLast =
      operation.type === 'set' && waiting.get(key) === operation.value;
    if (!isLast) return;
    waiting.delete(key);
    if (ofOutage.delete(key)) recoveredAt = clock.now();
  };

  const cache = new WriteBehindCache<string, number>({
    ...options,
    store: stacked(stack, store, { clock, random, options }),
    ...{ clock, random, whenFull: 'reject' },
    onDeadLetter: () => {
      seen.deadLettered += 1;
    },
  });
  let keys = 0;
  const keyFor = trial.keyOf ?? drawnKey;
  function drawnKey(): string {
    if (random() < repeatedShare) {
      const isPending = (key: string) => cache.status(key) === 'pending';
      const pending = [...waiting.keys()].filter(isPending);
      if (pending.length > 0) return dice.pick(pending);
    }
    keys += 1;
    return `key-${keys}`;
  }

  if (outageMs > 0 && outage === 'hangs') {
    clock.schedule(calmMs, () => database.rows.hang());
    clock.schedule(endMs, () => database.rows.recover());
  }
  if (outageMs > 0) {
    clock.schedule(calmMs, () => {
      inOutage = waiting.size;
    });
  }
  for (let due = 0; clock.now() < endMs + afterMs; ) {
    due += (writesPerSecond * tickMs) / 1000;
    for (; due >= 1; due -= 1) {
      const key = keyFor(seen.writes);
      seen.writes += 1;
      try {
        await cache.set(key, seen.writes);
        waiting.set(key, seen.writes);
        if (isAway()) {
          ofOutage.add(key);
          inOutage += 1;
        }
      } catch {
        seen.refused += 1;
      }
    }
    loss.worst = Math.max(loss.worst, waiting.size);
    if (clock.now() < calmMs) loss.usual = loss.worst;
    await clock.advance(tickMs);
  }
  return {
    ...{ writes: seen.writes, refused: seen.refused },
    ...{ deadLettered: seen.deadLettered, inOutage },
    ...{ usualLoss: loss.usual, worstLoss: loss.worst },
    share: seen.busyMs / calmMs,
    recoveryMs: ofOutage.size === 0 ? recoveredAt - endMs : Infinity,
  };
}

export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';
}

interface Setting {
  readonly clock: VirtualClock;
  readonly random: () => number;
  readonly options: CacheOptions;
}

// #region stack
function stacked(
  stack: Stack,
  store: Store<string, number>,
  { clock, random, options }: Setting,
): Store<string, number> {
  if (stack === 'cache') return store;
  const isAway = (error: unknown) => error instanceof DatabaseAwayError;
  const patient = new PatientStore({ store, isAway, clock, random });
  if (stack === 'patient') return patient;
  const size = new FixedSize(options.maxBatchSize ?? 100);
  return new BatchingStore({ store: patient, size, maxInFlight: 1, clock });
}
// #endregion stack

/** In Node, no immediate starts before the jobs are done. */
function allPromiseJobs(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
