/** Visitors who do not stop while servers do, for the tests of failures. */
import type { Operation, Store } from '../../shared/store.ts';
import type { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import type { CachedStore } from './cached-store.ts';
import type { Session } from './sessions.ts';

export interface Load {
  readonly cache: WriteBehindCache<string, Session>;
  readonly users: number;
  /** At least. They go on as long as somebody waits for `acknowledged`. */
  readonly visitsEach: number;
  /** Is told how many visits are acknowledged; that visitor waits for it. */
  readonly acknowledged?: (
    count: number,
    latest: Acknowledged,
  ) => Promise<void> | void;
  /** Who is refused waits for it, and comes again. */
  readonly refused?: () => Promise<void> | void;
}

export interface Acknowledged {
  readonly user: string;
  readonly number: number;
  /** Keys that wait for the database, or are on their way to it. */
  readonly waiting: number;
}

export interface Loaded {
  /** Of each user, the number of the last visit that was acknowledged. */
  readonly last: ReadonlyMap<string, number>;
  readonly refused: number;
  /** The most keys that waited for the database, or were on their way to it. */
  readonly mostWaiting: number;
  /** Of these keys, all that memory held: a key on its way may wait again. */
  readonly mostHeld: number;
}

export async function loadWith({
  cache,
  users,
  visitsEach,
  acknowledged = () => {},
  refused: refuse = () => {},
}: Load): Promise<Loaded> {
  const last = new Map<string, number>();
  const all = Array.from({ length: users }, (_, index) => `user-${index}`);
  let [count, refused, mostWaiting, mostHeld, waitedFor] = [0, 0, 0, 0, 0];
  const visit = async (user: string) => {
    let number = 0;
    while (number < visitsEach || waitedFor > 0) {
      try {
        await cache.set(user, visitNumber(number + 1));
      } catch {
        refused += 1;
        await refuse();
        continue;
      }
      number += 1;
      last.set(user, number);
      count += 1;
      const isWaiting = (key: string) => cache.status(key) !== 'clean';
      const waiting = all.filter(isWaiting).length;
      mostWaiting = Math.max(mostWaiting, waiting);
      const { pending, writing } = cache.stats();
      mostHeld = Math.max(mostHeld, pending + writing);
      waitedFor += 1;
      try {
        await acknowledged(count, { user, number, waiting });
      } finally {
        waitedFor -= 1;
      }
    }
  };
  await Promise.all(all.map(visit));
  return { last, refused, mostWaiting, mostHeld };
}

export function visitNumber(number: number): Session {
  return { page: `/products/${number}`, cart: [], lastActivity: number };
}

/** The same store, and a promise of its next failure with such a code. */
export class WatchedStore implements Store<string, Session> {
  readonly inner: CachedStore<Session>;
  readonly #watchers = new Set<(error: unknown) => void>();

  constructor(inner: CachedStore<Session>) {
    this.inner = inner;
  }

  read(key: string): Promise<Session | undefined> {
    return this.inner.read(key);
  }

  async write(batch: readonly Operation<string, Session>[]): Promise<void> {
    try {
      await this.inner.write(batch);
    } catch (error) {
      for (const watch of this.#watchers) watch(error);
      throw error;
    }
  }

  fails(isSought: (error: unknown) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watch = (error: unknown) => {
        if (!isSought(error)) return;
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
    });
  }
}
