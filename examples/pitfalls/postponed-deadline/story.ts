import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<Setting<V>, 'store' | 'clock' | 'maxDelayMs'>;

/** A page has a view every 400 ms for ten minutes; then the site is quiet. */
export async function story(
  Cache: new (options: Options<number>) => CacheUnderTest<number>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ clock });
  const cache = new Cache({ store, clock, maxDelayMs: 1000 });
  const show = async (when: string) => {
    const pages = ['/home', '/about'].map(async (page) => {
      const counted = await cache.get(page);
      return `${page} ${counted}, stored ${store.peek(page) ?? 'nothing'}`;
    });
    print(`${when}: ${(await Promise.all(pages)).join('; ')}`);
  };
  let views = 0;
  const viewUntil = async (endMs: number) => {
    while (clock.now() < endMs) {
      views += 1;
      await cache.set('/home', views);
      await clock.advance(400);
    }
  };

  await cache.set('/about', 1);
  await viewUntil(2000);
  await show('after 2 s');
  await viewUntil(600_000);
  await show('after 10 min');
  await clock.advance(1000);
  await show('a quiet second later');
  await cache.close();
}
