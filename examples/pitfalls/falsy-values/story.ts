import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<Setting<V>, 'store' | 'clock' | 'maxDelayMs'>;

/** Three boxes of tea are in stock, and all are sold. */
export async function story(
  Cache: new (options: Options<number>) => CacheUnderTest<number>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 3]] });
  const cache = new Cache({ store, clock, maxDelayMs: 1000 });
  const show = async (when: string) => {
    const cached = await cache.get('tea');
    print(`${when}: cache ${cached}, store ${store.peek('tea')}`);
  };

  await show('in the morning');
  await cache.set('tea', 1);
  await show('two are sold');
  await cache.set('tea', 0);
  await show('the last one is sold');
  await clock.advance(1000);
  await show('flushed');
  await clock.advance(3_600_000);
  await show('an hour later');
  await cache.close();
}
