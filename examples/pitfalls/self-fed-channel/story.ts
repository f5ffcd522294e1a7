import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<
  Setting<V>,
  'store' | 'clock' | 'maxPending' | 'retry'
>;

interface Session {
  readonly user: string;
}

/** Five users log in. One write fails, and the database is well ever after. */
export async function story(
  Cache: new (options: Options<Session>) => CacheUnderTest<Session>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, Session>({ writeMs: 50, clock });
  const cache = new Cache({
    store,
    clock,
    maxPending: 3,
    retry: { attempts: 5, baseDelayMs: 100, maxDelayMs: 10_000 },
  });
  const users = ['linh', 'haruka', 'guest-1', 'guest-2', 'guest-3'];
  let loggedIn = 0;
  const logIn = async (user: string) => {
    await cache.set(user, { user });
    loggedIn += 1;
  };
  const show = (when: string) => {
    const stored = store.entries().length;
    const { writes } = store.counts();
    const waiting = users.length - loggedIn;
    print(
      `${when}: logged in ${loggedIn}, waiting ${waiting}, ` +
        `stored ${stored}, writes ${writes}`,
    );
  };

  store.failNextWrites(new Error('connection reset'));
  for (const user of users) {
    void logIn(user);
    await clock.advance(8);
  }
  show('after 40 ms');
  await clock.advance(960);
  show('after a second');
  await clock.advance(3_599_000);
  show('after an hour');
}
