import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<
  Setting<V>,
  'store' | 'clock' | 'maxDelayMs' | 'maxPending'
>;

interface Session {
  readonly user: string;
}

interface Sessions extends CacheUnderTest<Session> {
  readonly pending: number;
}

/** Sessions are moved to a new store, which does not answer for a minute. */
export async function story(
  Cache: new (options: Options<Session>) => Sessions,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, Session>({ writeMs: 50, clock });
  const maxPending = 500;
  const cache = new Cache({ store, clock, maxDelayMs: 1000, maxPending });
  let moved = 0;
  const moveAll = async () => {
    while (moved < 4000) {
      const user = `guest-${moved + 1}`;
      await cache.set(`session-of-${user}`, { user });
      moved += 1;
      await sleep(clock, 20);
    }
  };
  const show = (when: string) => {
    const stored = store.entries().length;
    print(
      `${when}: moved ${moved}, stored ${stored}, waiting ${cache.pending}`,
    );
  };

  const work = moveAll();
  await clock.advance(10_500);
  show('the store is well');
  store.hang();
  await clock.advance(10_000);
  show('it hangs for 10 s');
  await clock.advance(50_000);
  show('it hangs for 60 s');
  store.recover();
  await clock.advance(2000);
  show('it is well again');
  await clock.until(work);
  await clock.until(cache.close());
  show('all is done');
}
