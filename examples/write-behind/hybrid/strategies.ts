/**
 * Three strategies, each of which says in its first parameter what it may carry.
 * To own them, copy this file and those that it imports, with those that they
 * import.
 */
import { systemClock } from '../../shared/clock.ts';
import { unexpected } from '../../shared/expect-option.ts';
import { isPermanent } from '../../shared/store.ts';
import { TimeoutError, within } from '../../shared/timeout.ts';
import {
  CacheFullError,
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import {
  WriteThroughCache,
  type WriteThroughOptions,
} from '../../strategies/write-through/write-through-cache.ts';
import {
  CoalescingQueue,
  type CoalescingQueueOptions,
  QueueFullError,
} from '../coalescing/coalescing-queue.ts';
import { addedCounts } from '../coalescing/forms.ts';
import { type Counts, expectNature, type Kind, type Values } from './kinds.ts';
import type { Health, Left, Wired } from './wired.ts';

// #region through
export function through<N extends 'must-survive' | 'replaceable', V>(
  kind: Kind<N, Values<V>>,
  options: WriteThroughOptions<string, NoInfer<V>>,
): Wired<N, Values<V>> {
  expectNature(kind, 'must-survive', 'replaceable');
  const { table, clock = systemClock } = options;
  const pulse = new Pulse();
  const underWay = new Set<Left>();
  const watched = async <T>(key: string, write: () => Promise<T>) => {
    const left = { key };
    underWay.add(left);
    try {
      return await pulse.of(write);
    } finally {
      underWay.delete(left);
    }
  };
  const cache = new WriteThroughCache<string, V>({
    ...options,
    table: {
      find: (key) => table.find(key),
      put: (key, value) => watched(key, () => table.put(key, value)),
      remove: (key) => watched(key, () => table.remove(key)),
    },
  });
  return {
    kind,
    handle: cache,
    health: () => ({ state: pulse.state, unsaved: 0, refused: 0, givenUp: 0 }),
    async close(timeoutMs) {
      try {
        await within(clock, timeoutMs, cache.close());
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
      }
      return [...underWay];
    },
  };
}
// #endregion through

// #region add-up
export type AddUpOptions = Pick<
  CoalescingQueueOptions<string, number>,
  'write' | 'onError' | 'clock' | 'retryMs' | 'maxKeys'
>;

export function addUp(
  kind: Kind<'countable', Counts>,
  options: AddUpOptions,
): Wired<'countable', Counts> {
  expectNature(kind, 'countable');
  const pulse = new Pulse();
  let refused = 0;
  const queue = new CoalescingQueue<string, number>({
    ...options,
    combine: addedCounts,
    windowMs: kind.mayLoseMs,
    write: (batch) => pulse.of(() => options.write(batch)),
  });
  return {
    kind,
    handle: {
      add(key, count) {
        // One that is no number would spoil the sum for ever.
        if (!Number.isSafeInteger(count)) {
          throw unexpected('count', 'a whole number', count);
        }
        try {
          queue.add(key, count);
        } catch (error) {
          if (!(error instanceof QueueFullError)) throw error;
          refused += 1;
        }
      },
    },
    health() {
      const { accepted, written } = queue.stats();
      const unsaved = accepted - written;
      return { state: pulse.state, unsaved, refused, givenUp: 0 };
    },
    close: (timeoutMs) => queue.close({ timeoutMs }),
  };
}
// #endregion add-up

// #region behind
export type BehindOptions<V> = Omit<
  WriteBehindOptions<string, V>,
  'maxDelayMs' | 'whenFull'
> &
  Required<Pick<WriteBehindOptions<string, V>, 'onDeadLetter'>>;

export function behind<V>(
  kind: Kind<'replaceable', Values<V>>,
  options: BehindOptions<NoInfer<V>>,
): Wired<'replaceable', Values<V>> {
  expectNature(kind, 'replaceable');
  const { store } = options;
  const pulse = new Pulse();
  let refused = 0;
  const cache = new WriteBehindCache<string, V>({
    ...options,
    maxDelayMs: kind.mayLoseMs,
    // A request that waits for room would wait as long as the outage lasts.
    whenFull: 'reject',
    store: {
      read: (key) => store.read(key),
      write: (batch) => pulse.of(() => store.write(batch)),
    },
  });
  const counted = async (write: Promise<void>) => {
    try {
      await write;
    } catch (error) {
      if (error instanceof CacheFullError) refused += 1;
      throw error;
    }
  };
  return {
    kind,
    handle: {
      get: (key) => cache.get(key),
      set: (key, value) => counted(cache.set(key, value)),
      delete: (key) => counted(cache.delete(key)),
    },
    health() {
      const { pending, writing, deadLettered } = cache.stats();
      const unsaved = pending + writing;
      return { state: pulse.state, unsaved, refused, givenUp: deadLettered };
    },
    async close(timeoutMs) {
      const report = await cache.close({ timeoutMs });
      const letters = report.deadLettered.map(({ operation }) => operation);
      return [...letters, ...report.abandoned];
    },
  };
}
// #endregion behind

/** How the last write that ended has found the database. */
class Pulse {
  state: Health['state'] = 'ok';

  async of<T>(write: () => Promise<T>): Promise<T> {
    try {
      const result = await write();
      this.state = 'ok';
      return result;
    } catch (error) {
      // Whoever refuses a row for good is well enough to answer.
      this.state = isPermanent(error) ? 'ok' : 'failing';
      throw error;
    }
  }
}
