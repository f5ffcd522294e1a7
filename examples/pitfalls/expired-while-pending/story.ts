import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export interface Options<V>
  extends Pick<
    Setting<V>,
    'clock' | 'maxDelayMs' | 'maxPending' | 'maxEntries'
  > {
  readonly store: Store<string, V>;
}

interface Session {
  readonly cart: readonly string[];
}

/** The database fails over: for 80 seconds, it can be read but not written. */
export async function story(
  Cache: new (options: Options<Session>) => CacheUnderTest<Session>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, Session>({
    rows: [['haruka', { cart: ['tea'] }]],
  });
  const cache = new Cache({
    store,
    clock,
    maxDelayMs: 10_000,
    maxPending: 1000,
    maxEntries: 1000,
  });
  const show = async (when: string) => {
    const cached = describe(await cache.get('haruka'));
    const stored = describe(store.peek('haruka'));
    const seconds = String(clock.now() / 1000).padStart(3);
    print(`${seconds} s  ${when}: cache ${cached}, store ${stored}`);
  };

  const readOnly = new Error('the database is read-only');
  store.failNextWrites(...Array.from({ length: 8 }, () => readOnly));
  await cache.set('haruka', { cart: ['tea', 'cup'] });
  await show('she adds a cup');
  await clock.advance(55_000);
  await show('no flush has worked');
  await clock.advance(10_000);
  await show('nor has it now');
  await clock.advance(30_000);
  await show('the database is back');
  await clock.advance(60_000);
  await show('a minute later');
  await cache.close();
}

function describe(session: Session | undefined): string {
  return session?.cart.join('+') ?? 'nothing';
}
