import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { linh, type User } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<Setting<V>, 'store' | 'clock' | 'maxDelayMs'>;

/** Linh closes her account, and a page that shows her name is still open. */
export async function story(
  Cache: new (options: Options<User>) => CacheUnderTest<User>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({ rows: [['linh', linh]] });
  const cache = new Cache({ store, clock, maxDelayMs: 1000 });
  const show = async (when: string) => {
    const cached = await cache.get('linh');
    const stored = store.peek('linh');
    print(`${when}: cache ${nameOf(cached)}, store ${nameOf(stored)}`);
  };

  await show('before');
  await cache.delete('linh');
  await show('her account is deleted');
  await clock.advance(1000);
  await show('the delete is flushed');
  await clock.advance(3_600_000);
  await show('an hour later');
  await cache.close();
}

function nameOf(user: User | undefined): string {
  return user?.name ?? 'nobody';
}
