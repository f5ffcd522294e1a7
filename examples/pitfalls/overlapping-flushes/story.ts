import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { UnevenStore } from './uneven-store.ts';

export type Options<V> = Pick<Setting<V>, 'store' | 'clock' | 'maxDelayMs'>;

/** The database has a slow moment: one write takes longer than the interval. */
export async function story(
  Cache: new (options: Options<number>) => CacheUnderTest<number>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new UnevenStore<number>({
    rows: [['/home', 41]],
    writeMs: [1500, 100],
    clock,
  });
  const cache = new Cache({ store, clock, maxDelayMs: 1000 });
  const show = async (what: string) => {
    const cached = await cache.get('/home');
    const stored = store.peek('/home');
    const time = String(clock.now()).padStart(5);
    print(
      `${time} ms  ${what}: cache ${cached}, store ${stored},` +
        ` writes under way ${store.underWay}`,
    );
  };

  await cache.set('/home', 42);
  await clock.advance(1000);
  await show('first flush');
  await cache.set('/home', 43);
  await clock.advance(1000);
  await show('second flush');
  await clock.advance(200);
  await show('a moment later');
  await clock.advance(400);
  await show('all is quiet');
  await clock.advance(60_000);
  await clock.until(cache.close());
  await show('closed');
}
