import { type Clock, systemClock } from '../../shared/clock.ts';
import type { Journal } from '../../shared/journal.ts';
import type { Store } from '../../shared/store.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';

export interface User {
  readonly name: string;
}

export type Cache = WriteBehindCache<string, User>;

export const linh: User = { name: 'Linh' };

export const noStore: Store<string, User> = {
  read: async () => undefined,
  write: async () => {},
};

/** Remembers nothing, at once: what is left is the price of asking it. */
export const noJournal: Journal<string, User> = {
  append: async () => {},
  settle: async () => {},
  replay: async () => [],
  lastVersion: async () => 0,
};

/** Nothing falls due: a timer would keep each cache of a run alive. */
const timeless: Clock = { ...systemClock, schedule: () => () => {} };

/** With the defaults, but for what would flush before it is told to. */
export function newCache(
  options: Partial<WriteBehindOptions<string, User>> = {},
): Cache {
  return new WriteBehindCache({
    store: noStore,
    clock: timeless,
    maxPending: 1_000_000,
    maxBatchSize: 1_000_000,
    ...options,
  });
}

/** From one number up to, and without, another. */
export function keysFrom(start: number, end: number): string[] {
  return Array.from(
    { length: end - start },
    (_, index) => `user:${start + index}`,
  );
}
