import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import { SurvivingDisk } from '../../conformance/surviving-disk.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { DurableList } from './durable-list.ts';

export interface Options<V>
  extends Pick<Setting<V>, 'clock' | 'disk' | 'maxBatchSize' | 'maxDelayMs'> {
  readonly store: Store<string, V>;
}

/** Haruka goes on to the checkout, and the process is killed. */
export async function story(
  Cache: new (options: Options<string>) => CacheUnderTest<string>,
  print: Print,
): Promise<void> {
  const rows = [['session:haruka', '/home']] as const;
  const store = new InMemoryStore<string, string>({ rows });
  const disk = new SurvivingDisk().mount({ isAlive: true });
  const list = disk.open('queue', () => new DurableList<string>());
  const show = async (when: string, cache?: CacheUnderTest<string>) => {
    const cached = cache ? await cache.get('session:haruka') : 'gone';
    const stored = store.peek('session:haruka');
    const listed = list.entries().length;
    print(`${when}: cache ${cached}, list ${listed}, store ${stored}`);
  };
  const options = { disk, maxBatchSize: 100, maxDelayMs: 1000 };

  const clock = new VirtualClock();
  const cut = cutOff(store);
  const killed = new Cache({ ...options, store: cut, clock });
  await killed.set('session:haruka', '/checkout');
  await show('acknowledged', killed);
  await clock.advance(1000);
  await show('killed, a batch on its way');

  const nextClock = new VirtualClock();
  const next = new Cache({ ...options, store, clock: nextClock });
  await show('started again', next);
  await nextClock.advance(60_000);
  await show('a minute later', next);
}

/** The store, as a process sees it that is killed while it writes. */
function cutOff<V>(store: Store<string, V>): Store<string, V> {
  return {
    read: (key) => store.read(key),
    write: () => new Promise(() => {}),
  };
}
