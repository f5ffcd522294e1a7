import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<Setting<V>, 'store' | 'clock' | 'maxDelayMs'>;

interface ViewCounts extends CacheUnderTest<number> {
  readonly failed: number;
}

/** The database drops one connection, and is well again a moment later. */
export async function story(
  Cache: new (options: Options<number>) => ViewCounts,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['/home', 41]] });
  const cache = new Cache({ store, clock, maxDelayMs: 1000 });
  const show = async (when: string) => {
    const cached = await cache.get('/home');
    const stored = store.peek('/home');
    print(`${when}: cache ${cached}, store ${stored}, failed ${cache.failed}`);
  };

  await cache.set('/home', 42);
  await show('acknowledged');
  store.failNextWrites(new Error('connection reset'));
  await clock.advance(1000);
  await show('after a flush that failed');
  await clock.advance(60_000);
  await show('a minute later');
  await cache.close();
  await show('closed');
}
