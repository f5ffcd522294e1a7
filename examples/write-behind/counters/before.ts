import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import type {
  Candidate,
  Counters,
} from './simulation/candidate.ts';
import { StoreWithoutIds } from './simulation/naive-stores.ts';
import { story } from './story.ts';
import { WriteBehindCounters } from './write-behind-counters.ts';

type Options = WriteBehindOptions<string, number>;

// #region cached
/** Each node has a copy of the count, and stores it. */
function openCache(options: Options): Counters {
  const cache = new WriteBehindCache(options);
  return {
    async add(url, by) {
      // #region bug
      await cache.update(url, (views = 0) => views + by);
      // #endregion bug
    },
    flush: () => cache.flush(),
  };
}
// #endregion cached

export function readModifyWrite(
  limits: Pick<Options, 'maxDelayMs'> = {},
): Candidate {
  return {
    name: 'read, modify, write',
    survivesCrash: false,
    begin() {
      const rows = new InMemoryStore<string, number>();
      return {
        start({ clock, send }) {
          const store: Store<string, number> = {
            read: (url) => rows.read(url),
            write: (batch) => send(() => rows.write(batch)),
          };
          return openCache({
            ...{ store, clock, ...limits },
            retry: { attempts: 1000 },
            random: () => 0.5,
          });
        },
        count: (url) => rows.peek(url) ?? 0,
      };
    },
  };
}

const addedWithoutIds: Candidate = {
  name: 'add, without an id',
  survivesCrash: true,
  begin() {
    const store = new StoreWithoutIds();
    return {
      start: ({ clock, journal, send }) =>
        new WriteBehindCounters({
          store: {
            apply: (batch) => send(() => store.apply(batch)),
          },
          journal,
          clock,
          onError: () => {},
        }),
      count: (url) => store.count(url),
    };
  },
};

export async function demo(print: Print): Promise<void> {
  await story(readModifyWrite(), print);
  await story(addedWithoutIds, print);
}

if (isMain('write-behind/counters/before')) {
  void demo(console.log);
}
