import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

export type Options<V> = Pick<Setting<V>, 'store' | 'clock' | 'maxDelayMs'>;

/** Haruka signs out and in again, faster than the sessions are flushed. */
export async function story(
  Cache: new (options: Options<string>) => CacheUnderTest<string>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({
    rows: [['haruka', 'session-1']],
  });
  let cache = new Cache({ store, clock, maxDelayMs: 1000 });
  const show = async (what: string) => {
    const cached = (await cache.get('haruka')) ?? 'none';
    const stored = store.peek('haruka') ?? 'none';
    const time = String(clock.now()).padStart(5);
    print(`${time} ms  ${what}: cache ${cached}, store ${stored}`);
  };

  await show('signed in');
  await clock.advance(300);
  await cache.delete('haruka');
  await show('signed out');
  await clock.advance(400);
  await cache.set('haruka', 'session-2');
  await show('signed in again');
  await clock.advance(300);
  await show('flushed');
  await cache.close();
  cache = new Cache({ store, clock, maxDelayMs: 1000 });
  await show('restarted');
}
