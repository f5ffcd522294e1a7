/** The states in which keys and their values can be, and what holds them. */
import { type Clock, systemClock } from '../../shared/clock.ts';
import { Hang } from '../../shared/hang.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import {
  cleanEntryBytes,
  ExpiringWriteBehind,
} from '../../write-behind/memory/expiring-write-behind.ts';
import type { Make } from './kinds.ts';

export interface State {
  readonly is: string;
  /** Makes an empty holder, which is not counted. */
  hold(count: number): Holder;
}

export interface Holder {
  fill(make: Make): Promise<void>;
  /** How many are in the state that is meant. */
  held(): number;
}

export const states = {
  alone: {
    is: 'a key and its value, by themselves',
    hold(count) {
      const keys: unknown[] = new Array(count).fill(undefined);
      const values = [...keys];
      return {
        async fill(make) {
          for (let index = 0; index < count; index += 1) {
            keys[index] = keyOf(index);
            values[index] = make(index);
          }
        },
        held: () => new Set(keys).size - Number(values.includes(undefined)),
      };
    },
  },
  pending: {
    is: 'a pending write, with its key and its value',
    hold: (count) => holdPending(newCache(), count),
  },
  copied: {
    is: 'a pending write in a cache with `copy: structuredClone`, with its key and its value',
    hold: (count) => holdPending(newCache({ copy: structuredClone }), count),
  },
  replaced: {
    is: 'a write on its way and a newer one of the same key, with their keys and values',
    hold(count) {
      const hang = new Hang();
      const cache = newCache({
        store: { ...noStore, write: () => hang.over() },
      });
      return {
        async fill(make) {
          hang.begin();
          await setAll(cache, count, make);
          void cache.flush();
          await setAll(cache, count, make);
        },
        held: () => Math.min(cache.stats().pending, cache.stats().writing),
      };
    },
  },
  clean: {
    is: 'a clean entry of the expiring cache, with its key and its value',
    hold(count) {
      const cache = newExpiringCache(count);
      return {
        async fill(make) {
          await setAll(cache, count, make);
          await cache.flush();
        },
        held: () => cache.stats().cleanEntries,
      };
    },
  },
} satisfies Record<string, State>;

type Options = WriteBehindOptions<string, unknown>;

const noStore: Options['store'] = {
  read: async () => undefined,
  write: async () => {},
};

/** Nothing falls due: a timer would keep alive what nobody else holds. */
const timeless: Clock = { ...systemClock, schedule: () => () => {} };

const unlimited = {
  store: noStore,
  clock: timeless,
  maxPending: 1_000_000,
  maxBatchSize: 1_000_000,
};

export function newCache(
  options: Partial<Options> = {},
): WriteBehindCache<string, unknown> {
  return new WriteBehindCache({ ...unlimited, ...options });
}

/** Bounded by a number of entries: `sizeOf` counts nothing else. */
export function newExpiringCache(
  maxEntries: number,
): ExpiringWriteBehind<string, unknown> {
  return new ExpiringWriteBehind({
    ...unlimited,
    ttlMs: 2 ** 31 - 1,
    maxBytes: maxEntries * (1 + cleanEntryBytes),
    sizeOf: () => 1,
  });
}

function holdPending(
  cache: WriteBehindCache<string, unknown>,
  count: number,
): Holder {
  return {
    fill: (make) => setAll(cache, count, make),
    held: () => cache.stats().pending,
  };
}

async function setAll(
  cache: Pick<WriteBehindCache<string, unknown>, 'set'>,
  count: number,
  make: Make,
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await cache.set(keyOf(index), make(index));
  }
}

export function keyOf(index: number): string {
  return `user:${index}`;
}
