import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import {
  type Print,
  Stopwatch,
} from '../../shared/stopwatch.ts';
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
import { WriteBehindCache } from './write-behind-cache.ts';

// #region service
export class UserService {
  readonly #users: WriteBehindCache<string, User>;

  constructor(users: WriteBehindCache<string, User>) {
    this.#users = users;
  }

  async get(id: string): Promise<User> {
    const user = await this.#users.get(id);
    if (user === undefined) throw new UserNotFoundError(id);
    return user;
  }

  async save(user: User): Promise<void> {
    await this.#users.set(user.id, user);
  }

  async change(id: string, change: UserChange): Promise<User> {
    return this.#users.update(id, (user) => {
      if (user === undefined) throw new UserNotFoundError(id);
      return { ...user, ...change };
    });
  }

  async remove(id: string): Promise<void> {
    await this.#users.delete(id);
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
  const cache = new WriteBehindCache({ store, clock });
  const users = new UserService(cache);
  const watch = new Stopwatch(clock, print);
  const read = (id: string) => describeUser(users.get(id));
  const noteWrites = () => {
    const { writes, rows } = store.counts();
    watch.note(`the store: writes ${writes}, rows ${rows}`);
  };
  // #endregion setup

  await watch.time('save Linh', () => users.save(linh));
  await watch.time('read Linh', () => read('linh'));
  await watch.time('read Haruka, a miss', () => read('haruka'));
  await watch.time('read Haruka, a hit', () => read('haruka'));
  await watch.time("change Linh's plan 3 times", async () => {
    await users.change('linh', { plan: 'pro' });
    await users.change('linh', { plan: 'team' });
    await users.change('linh', { plan: 'pro' });
  });
  await watch.time('flush', () => cache.flush());
  noteWrites();

  await watch.time('save 50 guests', async () => {
    for (const guest of guests(50)) await users.save(guest);
  });
  await watch.pass(1020);
  noteWrites();

  await watch.time('remove Linh', () => users.remove('linh'));
  await watch.time('read Linh', () => read('linh'));
  await watch.time('close', async () => {
    const { persisted, abandoned } = await cache.close();
    const left = abandoned.length;
    return `persisted ${persisted}, abandoned ${left}`;
  });
  noteWrites();

  const { hits, misses, accepted, coalesced } = cache.stats();
  watch.note(`the reads: hits ${hits}, misses ${misses}`);
  watch.note(
    `the writes: ${accepted} in, ${coalesced} coalesced`,
  );
}
// #endregion demo

if (isMain('strategies/write-behind/after')) {
  void demo(console.log);
}
