import { sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import {
  InsufficientFundsError,
  type Session,
} from './shop.ts';
import { type AnyShop, story, type World } from './story.ts';

type Value = number | Session;

// #region service
export class OneCacheShop implements AnyShop {
  readonly #cache: WriteBehindCache<string, Value>;

  constructor(cache: WriteBehindCache<string, Value>) {
    this.#cache = cache;
  }

  async buy(session: Session, cents: number): Promise<void> {
    const account = `balance ${session.userId}`;
    await this.#cache.update(account, (balance = 0) => {
      const rest = Number(balance) - cents;
      if (rest >= 0) return rest;
      throw new InsufficientFundsError(session.userId);
    });
    await this.visit({ ...session, notice: 'Thank you!' });
  }

  async view(url: string): Promise<void> {
    await this.#cache.update(
      `views ${url}`,
      (views = 0) => Number(views) + 1,
    );
  }

  async visit(session: Session): Promise<void> {
    await this.#cache.set(`session ${session.id}`, session);
  }
}
// #endregion service

export function demo(print: Print): Promise<void> {
  return story(build, print);
}

export function build(clock: VirtualClock): World {
  const rows = new InMemoryStore<string, Value>({
    rows: [['balance linh', 10_000]],
    clock,
  });
  let isDown = false;
  const answer = async <T>(work: () => Promise<T>) => {
    await sleep(clock, 20);
    if (isDown) throw new Error('the database is down');
    return work();
  };
  return {
    open: () =>
      new OneCacheShop(
        new WriteBehindCache<string, Value>({
          store: {
            read: (key) => answer(() => rows.read(key)),
            write: (batch) => answer(() => rows.write(batch)),
          },
          retry: { attempts: 40 },
          clock,
        }),
      ),
    setDown(value) {
      isDown = value;
    },
    stored() {
      const session = rows.peek('session s1');
      const views = rows.peek('views /lamp');
      return {
        cents: Number(rows.peek('balance linh')),
        views: Number(views ?? 0),
        notice:
          typeof session === 'object'
            ? session.notice
            : undefined,
      };
    },
  };
}

if (isMain('write-behind/hybrid/before')) {
  void demo(console.log);
}
