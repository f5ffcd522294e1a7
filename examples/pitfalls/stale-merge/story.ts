import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { linh, type User, type UserChange } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<Setting<V>, 'store' | 'clock' | 'maxDelayMs'>;

export interface UpdatingCache<V> extends CacheUnderTest<V> {
  update(key: string, change: (current: V | undefined) => V): Promise<V>;
}

/** Linh buys the team plan, and corrects her address a moment later. */
export async function story(
  Cache: new (options: Options<User>) => UpdatingCache<User>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({ rows: [['linh', linh]] });
  const cache = new Cache({ store, clock, maxDelayMs: 1000 });
  const patch = (change: UserChange) =>
    cache.update('linh', (user = linh) => ({ ...user, ...change }));
  const show = async (when: string) => {
    print(when);
    print(`  cache: ${describe(await cache.get('linh'))}`);
    print(`  store: ${describe(store.peek('linh'))}`);
  };

  await patch({ plan: 'team' });
  await show('she buys the team plan');
  await patch({ email: 'linh.tran@example.com' });
  await show('she corrects her address');
  await clock.advance(1000);
  await show('flushed');
  await cache.close();
}

function describe(user: User | undefined): string {
  return user === undefined ? 'nobody' : `${user.plan}, ${user.email}`;
}
