import type { CacheUnderTest, Setting } from '../../conformance/candidate.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { PriceTable } from './price-table.ts';

export interface Options<V>
  extends Pick<
    Setting<V>,
    'clock' | 'maxBatchSize' | 'maxDelayMs' | 'retry' | 'onDeadLetter'
  > {
  readonly store: Store<string, V>;
}

/** Somebody's discount has made one of the prices negative. */
export async function story(
  Cache: new (options: Options<number>) => CacheUnderTest<number>,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const table = new PriceTable();
  const show = (when: string) => {
    const stored = table.entries().map(([product]) => product);
    const rows = stored.length === 0 ? 'nothing' : stored.join(', ');
    print(`${when}: ${rows} stored, ${table.rolledBack} rolled back`);
  };
  const cache = new Cache({
    store: table,
    clock,
    maxBatchSize: 100,
    maxDelayMs: 1000,
    retry: { attempts: 3, baseDelayMs: 100, maxDelayMs: 1000 },
    onDeadLetter: ({ operation, error }) => {
      const reason = error instanceof Error ? error.message : error;
      print(`dead letter after ${clock.now()} ms: ${operation.key} ${reason}`);
    },
  });

  await cache.set('tea', 120);
  await cache.set('coffee', -10);
  await cache.set('rice', 90);
  await clock.advance(1000);
  show('after a second');
  await cache.set('sugar', 60);
  await clock.advance(1000);
  show('after 2 seconds');
  await clock.advance(3_598_000);
  show('after an hour');
}
