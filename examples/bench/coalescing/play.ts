import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import type { Change, Combine } from '../../write-behind/coalescing/change.ts';
import { CoalescingQueue } from '../../write-behind/coalescing/coalescing-queue.ts';
import {
  addedCounts,
  lastValue,
  mergedFields,
} from '../../write-behind/coalescing/forms.ts';
import { fieldCount, keyCount, type Write } from './skews.ts';

// #region stage
/** One write comes every `everyMs`. */
export const stage = { everyMs: 2, writeMs: 20 };
// #endregion stage

export interface Setting {
  readonly windowMs: number;
  readonly maxBatchSize: number;
}

/** What somebody sees who stands between the cache and the database. */
export interface Observed {
  readonly writes: number;
  /** Operations that the database was sent. */
  readonly rows: number;
  /** The most acknowledged writes that the database did not have, at a time. */
  readonly mostUnstored: number;
}

/** With the write-behind cache, whose values are whole. */
export async function playCache(
  writes: readonly Write[],
  { windowMs, maxBatchSize }: Setting,
): Promise<Observed> {
  const clock = new VirtualClock(allPromiseJobs);
  const database = new InMemoryStore<string, number>({
    writeMs: stage.writeMs,
    clock,
  });
  const unstored = new Unstored();
  const store: Store<string, number> = {
    read: (key) => database.read(key),
    async write(batch: readonly Operation<string, number>[]): Promise<void> {
      const arrive = unstored.send(batch.map(({ key }) => key));
      await database.write(batch);
      arrive();
    },
  };
  const cache = new WriteBehindCache<string, number>({
    ...{ store, clock, maxBatchSize },
    maxDelayMs: windowMs,
    maxPending: keyCount,
  });
  for (const [number, { key }] of writes.entries()) {
    unstored.add(key);
    await cache.set(key, number);
    await clock.advance(stage.everyMs);
  }
  await clock.until(cache.close());
  const { rows } = database.counts();
  return { writes: writes.length, rows, mostUnstored: unstored.most };
}

export interface Sent {
  readonly rows: number;
  /** Values of fields, in all of the rows. */
  readonly values: number;
}

interface Form<C> {
  readonly combine: Combine<C>;
  readonly changeOf: (write: Write) => C;
  readonly valuesIn: (change: C) => number;
}

type Fields = Readonly<Record<string, true>>;

const everyField: Fields = Object.fromEntries(
  Array.from({ length: fieldCount }, (_, index) => [String(index + 1), true]),
);

const lastValues: Form<Fields> = {
  combine: lastValue,
  changeOf: () => everyField,
  valuesIn: countFields,
};

const merged: Form<Partial<Fields>> = {
  combine: (earlier, later) => mergedFields<Fields>(earlier, later),
  changeOf: ({ field }) => ({ [field]: true }),
  valuesIn: countFields,
};

const counts: Form<number> = {
  combine: addedCounts,
  changeOf: () => 1,
  valuesIn: () => 1,
};

/** What each form sends with the queue. */
export const forms = {
  'last-value': (writes: readonly Write[], windowMs: number) =>
    playQueue(lastValues, writes, windowMs),
  'merged-fields': (writes: readonly Write[], windowMs: number) =>
    playQueue(merged, writes, windowMs),
  'added-counts': (writes: readonly Write[], windowMs: number) =>
    playQueue(counts, writes, windowMs),
};

async function playQueue<C>(
  { combine, changeOf, valuesIn }: Form<C>,
  writes: readonly Write[],
  windowMs: number,
): Promise<Sent> {
  const clock = new VirtualClock(allPromiseJobs);
  const sent = { rows: 0, values: 0 };
  const failures: unknown[] = [];
  const queue = new CoalescingQueue<string, C>({
    ...{ combine, clock, windowMs },
    async write(batch: readonly Change<string, C>[]) {
      sent.rows += batch.length;
      for (const { change } of batch) sent.values += valuesIn(change);
      await new Promise<void>((done) => clock.schedule(stage.writeMs, done));
    },
    onError: (error) => failures.push(error),
  });
  for (const write of writes) {
    queue.add(write.key, changeOf(write));
    await clock.advance(stage.everyMs);
  }
  await clock.until(queue.close());
  if (failures.length > 0) throw new AggregateError(failures, 'it went wrong');
  return sent;
}

function countFields(fields: Partial<Fields>): number {
  return Object.keys(fields).length;
}

/** Counts the acknowledged writes that a crash would take along. */
class Unstored {
  most = 0;
  #count = 0;
  readonly #waiting = new Map<string, number>();

  add(key: string): void {
    this.#waiting.set(key, (this.#waiting.get(key) ?? 0) + 1);
    this.#count += 1;
    this.most = Math.max(this.most, this.#count);
  }

  /** Returns what is called when they have arrived. */
  send(keys: readonly string[]): () => void {
    let covered = 0;
    for (const key of keys) {
      covered += this.#waiting.get(key) ?? 0;
      this.#waiting.delete(key);
    }
    return () => {
      this.#count -= covered;
    };
  }
}

/** In Node, no immediate starts before the jobs are done. */
function allPromiseJobs(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
