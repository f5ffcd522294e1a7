import { systemClock } from '../../shared/clock.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { type Monitor, story } from './story.ts';
import type { MonitorOptions } from './write-behind-monitor.ts';

interface Written {
  readonly version: number;
  readonly at: number;
}

export class NewestWriteMonitor implements Monitor {
  readonly ports;
  readonly #unstored = new Map<string, Written>();
  readonly #now: () => number;
  #failuresInARow = 0;

  constructor(options: MonitorOptions<string, number>) {
    const { clock = systemClock, store } = options;
    this.#now = () => clock.now();
    this.ports = {
      clock,
      onDeadLetter: options.onDeadLetter,
      // #region age
      journal: {
        // #region bug
        append: async ({ key, version }) => {
          const at = clock.now();
          this.#unstored.set(key, { version, at });
        },
        // #endregion bug
        settle: async (operations) => {
          for (const { key, version } of operations) {
            const newest = this.#unstored.get(key)?.version;
            if (newest === version) this.#unstored.delete(key);
          }
        },
        replay: async () => [],
        lastVersion: async () => 0,
      },
      // #endregion age
      store: {
        read: (key) => store.read(key),
        write: async (batch) => {
          try {
            await store.write(batch);
            this.#failuresInARow = 0;
          } catch (error) {
            this.#failuresInARow += 1;
            throw error;
          }
        },
      },
    } satisfies Monitor['ports'];
  }

  readings() {
    const times = [...this.#unstored.values()];
    const now = this.#now();
    const oldest = Math.min(now, ...times.map(({ at }) => at));
    return {
      queueSize: this.#unstored.size,
      oldestAgeMs: now - oldest,
      failuresInARow: this.#failuresInARow,
      driftKeys: undefined,
    };
  }
}

export function demo(print: Print): Promise<void> {
  return story(
    (options) => new NewestWriteMonitor(options),
    print,
  );
}

if (isMain('write-behind/monitoring/before')) {
  void demo(console.log);
}
