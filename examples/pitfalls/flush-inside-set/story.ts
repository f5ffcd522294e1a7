import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { type Print, Stopwatch } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<
  Setting<V>,
  'store' | 'clock' | 'maxBatchSize' | 'maxDelayMs'
>;

interface Session {
  readonly user: string;
}

/** The database goes down while users log in; a restart shall lose nothing. */
export async function story(
  Cache: new (options: Options<Session>) => CacheUnderTest<Session>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, Session>({ writeMs: 120, clock });
  const cache = new Cache({
    store,
    clock,
    maxBatchSize: 3,
    maxDelayMs: 60_000,
  });
  const watch = new Stopwatch(clock, print);
  const logIn = (user: string) =>
    watch.time(`${user} logs in`, () => cache.set(user, { user }));
  const outcomeOf = (work: Promise<void>) =>
    work.then(
      () => 'no error',
      (error) => String(error),
    );

  for (const user of ['linh', 'haruka', 'guest-1']) await logIn(user);
  await watch.pass(200);
  const down = Array.from({ length: 10 }, () => new Error('server is down'));
  store.failNextWrites(...down);
  for (const user of ['guest-2', 'guest-3', 'guest-4', 'guest-5']) {
    await logIn(user);
  }
  await watch.time('flush', () => outcomeOf(cache.flush()));
  watch.note(`logged in: 7 users; stored: ${store.entries().length}`);
}
