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

// #region service
export class UserService {
  readonly #table: Table<string, User>;

  constructor(table: Table<string, User>) {
    this.#table = table;
  }

  async get(id: string): Promise<User> {
    const { value: user } = await this.#table.find(id);
    if (user === undefined) throw new UserNotFoundError(id);
    return user;
  }

  async change(id: string, change: UserChange): Promise<User> {
    const { value: user } = await this.#table.find(id);
    if (user === undefined) throw new UserNotFoundError(id);
    const changed = { ...user, ...change };
    await this.#table.put(id, changed);
    return changed;
  }

  async remove(id: string): Promise<void> {
    await this.#table.remove(id);
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
  const users = new UserService(table);
  const watch = new Stopwatch(clock, print);
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
}
// #endregion demo

if (isMain('strategies/cache-aside/before')) {
  void demo(console.log);
}
