import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import type { EventLog, OpenReader } from './event-log.ts';
import { InMemoryLog } from './in-memory-log.ts';
import { LogQueue } from './log-queue.ts';

/** Makes what stores the messages. The dead letters have a log of their own. */
export type MakeConsumer = (
  store: Store<string, number>,
  deadLetters: Pick<EventLog, 'publish'>,
  clock: VirtualClock,
  print: Print,
) => OpenReader;

/** Five sensors. One is broken; later the database is down for a minute. */
export async function story(
  makeConsumer: MakeConsumer,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock();
  const [log, deadLetters] = [new InMemoryLog(), new InMemoryLog()];
  const rows = new InMemoryStore<string, number>({ writeMs: 10, clock });
  const refusal = new Error('numeric field overflow');
  rows.breakKey('sensor 2', Object.assign(refusal, { code: '22003' }));

  // #region application
  const onError = (error: unknown) => print(`log: ${error}`);
  const queue = new LogQueue<number>({ log, rows, clock, onError });
  const { store, journal } = queue;
  const cache = new WriteBehindCache({ store, journal, clock });
  // #endregion application
  await log.consume(makeConsumer(rows, deadLetters, clock, print));

  const report = (what: string) => {
    const values = rows.entries().map(([key, value]) => `${key}: ${value}`);
    print(what);
    print(`  rows: ${values.join(', ') || 'none'}`);
    print(`  not acknowledged: ${log.unacknowledged().length}`);
    print(`  dead letters: ${deadLetters.messages().length}`);
  };
  const readings = [20.1, 1e300, 19.5, 22.4, 18.9];
  for (const [index, reading] of readings.entries()) {
    await clock.until(cache.set(`sensor ${index + 1}`, reading));
  }
  await clock.advance(60_000);
  report('five readings, a minute later');

  rows.hang();
  await clock.until(cache.set('sensor 1', 21.7));
  await clock.advance(60_000);
  report('a sixth, with the database down');
  print(`  read through the cache: ${await cache.get('sensor 1')}`);

  rows.recover();
  await clock.advance(60_000);
  report('the database is back');
  for (const { key, headers } of deadLetters.messages()) {
    print(`aside: ${key}`);
    for (const [name, value] of Object.entries(headers)) {
      if (name !== 'version') print(`  ${name}: ${value}`);
    }
  }
}
