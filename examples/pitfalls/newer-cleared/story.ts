import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<Setting<V>, 'store' | 'clock' | 'maxDelayMs'>;

/** Linh moves on to the next page while the last one is being saved. */
export async function story(
  Cache: new (options: Options<string>) => CacheUnderTest<string>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({
    rows: [['linh', '/home']],
    writeMs: 300,
    clock,
  });
  let cache = new Cache({ store, clock, maxDelayMs: 1000 });
  const show = async (what: string) => {
    const cached = await cache.get('linh');
    const stored = store.peek('linh');
    const time = String(clock.now()).padStart(5);
    print(`${time} ms  ${what}: cache ${cached}, store ${stored}`);
  };

  await cache.set('linh', '/cart');
  await show('linh opens the cart');
  await clock.advance(1100);
  await cache.set('linh', '/checkout');
  await show('and moves on, during the flush');
  await clock.advance(200);
  await show('the flush is done');
  await clock.advance(60_000);
  await show('a minute later');
  await clock.until(cache.close());
  cache = new Cache({ store, clock, maxDelayMs: 1000 });
  await show('restarted');
}
