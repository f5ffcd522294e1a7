import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { healthOf, type Vital } from './health.ts';
import type {
  MonitorOptions,
  Readings,
  WriteBehindMonitor,
} from './write-behind-monitor.ts';

export interface Monitor
  extends Pick<WriteBehindMonitor<string, number>, 'ports'> {
  readings(): Pick<Readings, Vital>;
}

export type OpenMonitor = (options: MonitorOptions<string, number>) => Monitor;

/** Fifty pages, each viewed once a second, and a store that hangs. */
export async function story(open: OpenMonitor, print: Print): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const monitor = open({
    store,
    clock,
    onDeadLetter: ({ error }) => {
      throw error;
    },
  });
  const cache = new WriteBehindCache<string, number>({ ...monitor.ports });
  const pages = Array.from({ length: 50 }, (_, page) => `/pages/${page}`);
  let views = 0;
  const view = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      views += 1;
      for (const page of pages) await cache.set(page, views);
      await clock.advance(1000);
    }
  };
  const show = (what: string) => {
    const minutes = Math.round(clock.now() / 60_000);
    const readings = monitor.readings();
    const age = Math.round(readings.oldestAgeMs / 1000);
    const failed = readings.failuresInARow;
    print(`${minutes} min  ${what}`);
    print(`  queue ${readings.queueSize}, oldest ${age} s, failures ${failed}`);
    const { state, reasons } = healthOf(readings);
    print(`  ${[state, ...reasons].join(': ')}`);
  };

  await view(60);
  show('all is well');
  store.hang();
  await view(60);
  show('the store has hung for a minute');
  await view(240);
  show('for five minutes');
  store.recover();
  await view(60);
  show('it has been back for a minute');
  await clock.until(cache.close());
}
