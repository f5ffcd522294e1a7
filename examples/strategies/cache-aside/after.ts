import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import {
  type Print,
  Stopwatch,
} from '../../shared/stopwatch.ts';
import type { Table } from '../../shared/table.ts';
import {
  describeUser,
  haruka,
  type User,
  type UserChange,
  UserNotFoundError,
} from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CacheAside } from './cache-aside.ts';

// #region service
export class UserService {
  readonly #table: Table<string, User>;
  readonly #users: CacheAside<string, User>;

  constructor(
    table: Table<string, User>,
    users: CacheAside<string, User>,
  ) {
    this.#table = table;
    this.#users = users;
  }

  async get(id: string): Promise<User> {
    const user = await this.#users.get(id, () =>
      this.#table.find(id),
    );
    if (user === undefined) throw new UserNotFoundError(id);
    return user;
  }

  async change(id: string, change: UserChange): Promise<User> {
    // A change starts from the row: the cache may be behind.
    const { value: user } = await this.#table.find(id);
    if (user === undefined) throw new UserNotFoundError(id);
    const changed = { ...user, ...change };
    try {
      await this.#table.put(id, changed);
    } finally {
      await this.#users.invalidate(id);
    }
    return changed;
  }

  async remove(id: string): Promise<void> {
    try {
      await this.#table.remove(id);
    } finally {
      await this.#users.invalidate(id);
    }
  }
}
// #endregion service

// #region demo
export async function demo(print: Print): Promise<void> {
  // #region setup
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, User>({
    rows: [[haruka.id, haruka]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const cache = new InMemoryCache<string, User>({
    getMs: 1,
    setMs: 1,
    clock,
  });
  const watch = new Stopwatch(clock, print);
  const onCacheError = (error: unknown) =>
    watch.note(`log: ${error}`);
  const aside = new CacheAside({
    cache,
    onCacheError,
    clock,
  });
  const users = new UserService(table, aside);
  const read = () => describeUser(users.get('haruka'));
  const noteCalls = () => {
    const { reads, writes } = table.counts();
    watch.note(`the table: reads ${reads}, writes ${writes}`);
  };
  // #endregion setup

  await watch.time('read Haruka', read);
  await watch.time('read her again', read);
  await watch.time('read her 100 times', async () => {
    for (let i = 0; i < 100; i += 1) await read();
  });
  noteCalls();

  await watch.time('change her plan', async () => {
    await users.change('haruka', { plan: 'pro' });
  });
  await watch.time('read her', read);
  await watch.time('read her again', read);
  noteCalls();

  await watch.time('remove her', () => users.remove('haruka'));
  await watch.time('read her', read);
  await watch.time('read her again', read);
  noteCalls();

  cache.hang();
  await watch.time('read her, the cache hangs', read);
}
// #endregion demo

if (isMain('strategies/cache-aside/after')) {
  void demo(console.log);
}
