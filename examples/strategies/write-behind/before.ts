import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import {
  type Print,
  Stopwatch,
} from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import {
  describeUser,
  guests,
  haruka,
  linh,
  type User,
  type UserChange,
  UserNotFoundError,
} from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

// #region service
export class UserService {
  readonly #users: Store<string, User>;
  #version = 0;

  constructor(users: Store<string, User>) {
    this.#users = users;
  }

  async get(id: string): Promise<User> {
    const user = await this.#users.read(id);
    if (user === undefined) throw new UserNotFoundError(id);
    return user;
  }

  async save(user: User): Promise<void> {
    const version = ++this.#version;
    await this.#users.write([
      { type: 'set', key: user.id, value: user, version },
    ]);
  }

  async change(id: string, change: UserChange): Promise<User> {
    const user = { ...(await this.get(id)), ...change };
    await this.save(user);
    return user;
  }

  async remove(id: string): Promise<void> {
    const version = ++this.#version;
    await this.#users.write([
      { type: 'delete', key: id, version },
    ]);
  }
}
// #endregion service

// #region demo
export async function demo(print: Print): Promise<void> {
  // #region setup
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({
    rows: [[haruka.id, haruka]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const users = new UserService(store);
  const watch = new Stopwatch(clock, print);
  const read = (id: string) => describeUser(users.get(id));
  const noteWrites = () => {
    const { writes, rows } = store.counts();
    watch.note(`the store: writes ${writes}, rows ${rows}`);
  };
  // #endregion setup

  await watch.time('save Linh', () => users.save(linh));
  await watch.time('read Linh', () => read('linh'));
  await watch.time('read Haruka', () => read('haruka'));
  await watch.time('read Haruka again', () => read('haruka'));
  await watch.time("change Linh's plan 3 times", async () => {
    await users.change('linh', { plan: 'pro' });
    await users.change('linh', { plan: 'team' });
    await users.change('linh', { plan: 'pro' });
  });
  noteWrites();

  await watch.time('save 50 guests', async () => {
    for (const guest of guests(50)) await users.save(guest);
  });
  noteWrites();

  await watch.time('remove Linh', () => users.remove('linh'));
  await watch.time('read Linh', () => read('linh'));
  noteWrites();
}
// #endregion demo

if (isMain('strategies/write-behind/before')) {
  void demo(console.log);
}
