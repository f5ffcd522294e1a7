import { sleep } from '../../shared/clock.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { Random } from '../../shared/random.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryBus } from '../../strategies/cache-invalidation/in-memory-bus.ts';
import type { Invalidation } from '../../strategies/cache-invalidation/invalidation-bus.ts';
import type { Strategy } from '../../strategies/strategies.ts';
import { Database, type Item } from './database.ts';
import { keys, type Request } from './workloads.ts';

/**
 * What an observer sees who stands between the callers, the cache and the
 * database. No strategy is asked what it thinks that it did.
 */
export interface Observed {
  /** Milliseconds from the call of each set to its acknowledgement. */
  readonly acknowledgedAfter: readonly number[];
  readonly gets: number;
  /** Gets of what was in the cache before they were called. */
  readonly hits: number;
  /** Reads that the database carried out. */
  readonly databaseReads: number;
  /** Writes that it carried out, each of a row or of a batch. */
  readonly databaseWrites: number;
  /** Rows that these have changed. */
  readonly rows: number;
}

/** Where all strategies are played. */
// #region stage
export const stage = {
  readMs: 5,
  writeMs: 20,
  connections: 10,
  cacheMs: 1,
  maxEntries: 250,
};
// #endregion stage

/** Each request comes when it comes, whatever has become of those before it. */
export async function play(
  { create }: Strategy,
  requests: Iterable<Request>,
): Promise<Observed> {
  const { readMs, writeMs, connections, cacheMs, maxEntries } = stage;
  const clock = new VirtualClock(allPromiseJobs);
  const errors: unknown[] = [];
  let stamp = 0;
  const newItem = (): Item => {
    stamp += 1;
    return { stamp };
  };
  const database = new Database({
    ...{ keys, readMs, writeMs, connections, clock, newItem },
  });
  const random = new Random(2);
  const cache = create<Item>({
    store: database,
    cache: new InMemoryCache({
      getMs: cacheMs,
      setMs: cacheMs,
      maxEntries,
      clock,
    }),
    bus: new InMemoryBus<Invalidation<string>>({ publishMs: cacheMs, clock }),
    clock,
    random: () => random.fraction(),
    onError: (error) => errors.push(error),
    maxEntries,
  });

  const acknowledgedAfter: number[] = [];
  let gets = 0;
  let hits = 0;

  async function set(key: string): Promise<void> {
    const called = clock.now();
    await cache.set(key, newItem());
    acknowledgedAfter.push(clock.now() - called);
  }

  async function get(key: string): Promise<void> {
    const lastStamp = stamp;
    const item = await cache.get(key);
    if (item === undefined) throw new Error(`expected an item of ${key}`);
    gets += 1;
    if (item.stamp <= lastStamp) hits += 1;
  }

  async function perform(): Promise<void> {
    const served: Promise<void>[] = [];
    for (const { afterMs, type, key } of requests) {
      await sleep(clock, afterMs);
      served.push(type === 'set' ? set(key) : get(key));
    }
    await Promise.all(served);
    // What is acknowledged and not yet written counts as well.
    await cache.close();
  }

  await clock.until(perform());
  if (errors.length > 0) throw new AggregateError(errors, 'it went wrong');
  const { reads, writes, rows } = database.counts();
  return {
    ...{ acknowledgedAfter, gets, hits, rows },
    databaseReads: reads,
    databaseWrites: writes,
  };
}

/** In Node, no immediate starts before the jobs are done. */
function allPromiseJobs(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
