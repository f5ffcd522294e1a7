import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<Setting<V>, 'store' | 'clock' | 'maxDelayMs'>;

/** A shop lowers a price while the write of the last one is timing out. */
export async function story(
  Cache: new (options: Options<number>) => CacheUnderTest<number>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({
    rows: [['kettle', 30]],
    writeMs: 500,
    clock,
  });
  const cache = new Cache({ store, clock, maxDelayMs: 1000 });
  const show = async (what: string) => {
    const cached = await cache.get('kettle');
    const stored = store.peek('kettle');
    const time = String(clock.now()).padStart(5);
    print(`${time} ms  ${what}: cache ${cached}, store ${stored}`);
  };

  await cache.set('kettle', 28);
  await show('the price is set to 28');
  store.failNextWrites(new Error('timeout'));
  await clock.advance(1200);
  await cache.set('kettle', 25);
  await show('set to 25, while the write of 28 is on its way');
  await clock.advance(300);
  await show('that write has failed');
  await clock.advance(1000);
  await show('the next one has succeeded');
  await clock.advance(60_000);
  await show('a minute later');
  await clock.until(cache.close());
  await show('closed');
}
