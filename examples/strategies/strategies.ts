/** All strategies behind one interface: to be swapped, compared, simulated. */
import type { Cache } from '../shared/cache.ts';
import type { Clock } from '../shared/clock.ts';
import { OpenWrites } from '../shared/open-writes.ts';
import type { LeasingCache } from '../shared/shared-cache.ts';
import type { Store } from '../shared/store.ts';
import type { Row, Table } from '../shared/table.ts';
import { CacheAside } from './cache-aside/cache-aside.ts';
import type { InvalidationBus } from './cache-invalidation/invalidation-bus.ts';
import { TaggedCache } from './cache-invalidation/tagged-cache.ts';
import { ReadThroughWithWrites } from './read-through/read-through-with-writes.ts';
import { WriteAroundCache } from './write-around/write-around-cache.ts';
import { WriteBehindCache } from './write-behind/write-behind-cache.ts';
import { WriteThroughCache } from './write-through/write-through-cache.ts';

/** What a process finds around it. Several processes may find the same. */
export interface Surroundings<V> {
  /** The system of record. */
  readonly store: Store<string, V> & Table<string, V>;
  /** For the strategies that share what they cache. */
  readonly cache: LeasingCache<string, V>;
  /** For the one that tells the other processes. */
  readonly bus: InvalidationBus<string>;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /**
   * Hears the errors that no caller does. A write-behind cache keeps its own for
   * the report of `close`.
   */
  readonly onError: (error: unknown) => void;
  /**
   * Of a cache in the memory of the process. Default: that of the strategy. The
   * shared one has a bound of its own.
   */
  readonly maxEntries?: number;
}

export interface Strategy {
  readonly name: string;
  /** The cache of one process, with the defaults of the strategy. */
  create<V>(surroundings: Surroundings<V>): Cache<string, V>;
}

export const strategies: readonly Strategy[] = [
  {
    name: 'write-behind',
    create: ({ store, clock, random, maxEntries }) =>
      new WriteBehindCache({
        store,
        clock,
        random,
        ...(maxEntries && { maxEntries }),
      }),
  },
  {
    name: 'write-through',
    create: ({ store, cache, clock, onError }) =>
      new WriteThroughCache({
        table: store,
        cache,
        onCacheError: onError,
        clock,
      }),
  },
  {
    name: 'write-around',
    create: ({ store, cache, clock, onError }) =>
      new WriteAroundCache({
        table: store,
        cache,
        onCacheError: onError,
        clock,
      }),
  },
  {
    name: 'cache-aside',
    create: applicationOf,
  },
  {
    name: 'read-through',
    create: ({ store, clock, random, onError, maxEntries }) =>
      new ReadThroughWithWrites({
        table: store,
        onLoadError: onError,
        clock,
        random,
        ...(maxEntries && { maxEntries }),
      }),
  },
  {
    name: 'cache-invalidation',
    create: ({ store, bus, clock, random, onError, maxEntries }) =>
      new TaggedCache({
        table: store,
        bus,
        onBusError: onError,
        clock,
        random,
        ...(maxEntries && { maxEntries }),
      }),
  },
];

/** With its cache aside, the application itself commits and invalidates. */
function applicationOf<V>(surroundings: Surroundings<V>): Cache<string, V> {
  const { store: table, cache, clock, onError } = surroundings;
  const aside = new CacheAside({ cache, onCacheError: onError, clock });
  const writes = new OpenWrites();
  const write = (key: string, commit: () => Promise<Row<V>>) =>
    writes.run(() => commit().finally(() => aside.invalidate(key)));
  return {
    get: (key) => aside.get(key, () => table.find(key)),
    set: (key, value) => write(key, () => table.put(key, value)),
    delete: (key) => write(key, () => table.remove(key)),
    close: () => writes.close(),
  };
}
