import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { guests } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<
  Setting<V>,
  'store' | 'clock' | 'maxBatchSize' | 'maxDelayMs'
>;

/** 250 guests sign in at once, and then the service is deployed anew. */
export async function story(
  Cache: new (options: Options<string>) => CacheUnderTest<string>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({ writeMs: 20, clock });
  const options = { store, clock, maxBatchSize: 100, maxDelayMs: 1000 };
  const show = (when: string) =>
    print(`${when}: ${store.entries().length} sessions stored`);

  const cache = new Cache(options);
  for (const { id } of guests(250)) await cache.set(id, 'signed in');
  show('250 sessions acknowledged');
  await clock.until(cache.close());
  show(`closed after ${clock.now()} ms`);

  const next = new Cache(options);
  for (const id of ['guest-1', 'guest-250']) {
    print(`the next process: ${id} is ${(await next.get(id)) ?? 'unknown'}`);
  }
}
