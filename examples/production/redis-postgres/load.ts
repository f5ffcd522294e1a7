/** Visitors who do not stop while servers do, for the tests of failures. */
import type { Operation, Store } from '../../shared/store.ts';
import type { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import type { CachedStore } from './cached-store.ts';
import type { Session } from './sessions.ts';

export interface Load {
  readonly cache: WriteBehindCache<string, Session>;
  readonly users: number;
  readonly visitsEach: number;
  /** Is told how many visits are acknowledged, after each; others wait for it. */
  readonly acknowledged?: (count: number) => Promise<void> | void;
}

export interface Loaded {
  /** Of each user, the number of the last visit that was acknowledged. */
  readonly last: ReadonlyMap<string, number>;
  readonly refused: number;
  /** The most keys that waited for the database, or were on their way to it. */
  readonly mostWaiting: number;
}

export async function loadWith({
  cache,
  users,
  visitsEach,
  acknowledged = () => {},
}: Load): Promise<Loaded> {
  const last = new Map<string, number>();
  let [count, refused, mostWaiting] = [0, 0, 0];
  const visit = async (user: string) => {
    for (let number = 1; number <= visitsEach; number += 1) {
      try {
        await cache.set(user, visitNumber(number));
      } catch {
        refused += 1;
        continue;
      }
      last.set(user, number);
      count += 1;
      const { pending, writing } = cache.stats();
      mostWaiting = Math.max(mostWaiting, pending, writing);
      await acknowledged(count);
    }
  };
  const all = Array.from({ length: users }, (_, index) => `user-${index}`);
  await Promise.all(all.map(visit));
  return { last, refused, mostWaiting };
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
