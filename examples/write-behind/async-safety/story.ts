import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { type Print, Stopwatch } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import { haruka, type User, type UserChange } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

/** Users in memory, before a store that is written at once. */
export interface Users {
  get(id: string): Promise<User | undefined>;
  save(user: User): Promise<void>;
  change(id: string, change: UserChange): Promise<User>;
}

export type UsersClass = new (store: Store<string, User>) => Users;

/** Three things that happen at the same time, each to a new cache. */
export async function story(Cached: UsersClass, print: Print): Promise<void> {
  function setUp() {
    const clock = new VirtualClock();
    const store = new InMemoryStore<string, User>({
      rows: [[haruka.id, haruka]],
      readMs: 20,
      writeMs: 5,
      clock,
    });
    const users = new Cached(store);
    const watch = new Stopwatch(clock, print);
    const show = async () => {
      const { plan, email } = (await users.get('haruka')) ?? haruka;
      watch.note(`the cache: ${plan}, ${email}`);
      const row = store.peek('haruka') ?? haruka;
      watch.note(`the store: ${row.plan}, ${row.email}`);
    };
    return { store, users, watch, show };
  }

  const crowd = setUp();
  await crowd.watch.time('20 requests read Haruka', () =>
    Promise.all(Array.from({ length: 20 }, () => crowd.users.get('haruka'))),
  );
  crowd.watch.note(`the store: reads ${crowd.store.counts().reads}`);

  const reader = setUp();
  await reader.watch.time('one reads Haruka, one saves her as pro', () =>
    Promise.all([
      reader.users.get('haruka'),
      reader.users.save({ ...haruka, plan: 'pro' }),
    ]),
  );
  await reader.show();

  const writers = setUp();
  await writers.watch.time('one changes her plan, one her address', () =>
    Promise.all([
      writers.users.change('haruka', { plan: 'pro' }),
      writers.users.change('haruka', { email: 'sato@example.com' }),
    ]),
  );
  await writers.show();
}
