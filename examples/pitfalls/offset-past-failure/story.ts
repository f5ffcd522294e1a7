import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { SurvivingDisk } from '../../conformance/surviving-disk.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { DurableLog } from './durable-log.ts';

export type Options<V> = Pick<
  Setting<V>,
  'store' | 'clock' | 'disk' | 'maxBatchSize' | 'maxDelayMs'
>;

/** One of two batches fails, and the process is killed before the retry. */
export async function story(
  Cache: new (options: Options<number>) => CacheUnderTest<number>,
  print: Print,
): Promise<void> {
  const rows = [
    ['/home', 41],
    ['/docs', 6],
  ] as const;
  const store = new InMemoryStore<string, number>({ rows });
  const disk = new SurvivingDisk().mount({ isAlive: true });
  const log = disk.open('log', () => new DurableLog<number>());
  const start = () => {
    const clock = new VirtualClock();
    const options = { store, clock, disk, maxBatchSize: 1, maxDelayMs: 1000 };
    return { clock, cache: new Cache(options) };
  };
  const show = (when: string) => {
    const stored = `/home ${store.peek('/home')}, /docs ${store.peek('/docs')}`;
    print(`${when}: committed ${log.committed}, store ${stored}`);
  };

  const killed = start();
  await killed.cache.set('/home', 42);
  await killed.cache.set('/docs', 7);
  show('acknowledged at offsets 0 and 1');
  store.failNextWrites(new Error('deadlock detected'));
  await killed.clock.advance(1000);
  show('/home failed, /docs landed');

  const next = start();
  print(`killed, started again: cache /home ${await next.cache.get('/home')}`);
  await next.clock.advance(60_000);
  show('a minute later');
}
