/**
 * Shows the readings of monitors to Prometheus, through `prom-client` 15. To
 * own it, copy this file and the monitor.
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type {
  Flush,
  Readings,
  WriteBehindMonitor,
} from './write-behind-monitor.ts';

type AnyMonitor = Pick<
  WriteBehindMonitor<unknown, unknown>,
  'readings' | 'onFlush'
>;

const outcomes: readonly Flush['outcome'][] = ['stored', 'partial', 'failed'];

/** One of these a registry; each cache is a value of the label `cache`. */
export class WriteBehindMetrics {
  readonly #monitors = new Map<string, AnyMonitor>();
  readonly #flushDuration: Histogram<'cache' | 'outcome'>;

  // #region metrics
  constructor(registry: Registry) {
    const { gauge, counter } = this.#metricsIn(registry);
    gauge(
      'write_behind_queue_size',
      'Keys of which the store lacks an acknowledged change',
      ({ queueSize }) => queueSize,
    );
    gauge(
      'write_behind_oldest_age_seconds',
      'How long the oldest of these changes has waited',
      ({ oldestAgeMs }) => oldestAgeMs / 1000,
    );
    gauge(
      'write_behind_drift_keys',
      'Keys that differed in cache and store at the last reconciliation',
      ({ driftKeys }) => driftKeys,
    );
    gauge(
      'write_behind_reconciled_timestamp_seconds',
      'When that was',
      ({ reconciledAt }) => reconciledAt && reconciledAt / 1000,
    );
    counter(
      'write_behind_accepted_total',
      'Changes that were acknowledged or replayed',
      ({ accepted }) => accepted,
    );
    counter(
      'write_behind_retries_total',
      'Operations that set out for the store once more',
      ({ retries }) => retries,
    );
    counter(
      'write_behind_dead_letters_total',
      'Operations that were given up and handed over',
      ({ deadLetters }) => deadLetters,
    );
    this.#flushDuration = new Histogram({
      name: 'write_behind_flush_duration_seconds',
      help: 'How long the store took for a batch, by outcome',
      labelNames: ['cache', 'outcome'],
      buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10],
      registers: [registry],
    });
  }
  // #endregion metrics

  // #region add
  add(cache: string, monitor: AnyMonitor): void {
    if (this.#monitors.has(cache)) {
      throw new Error(`there is a cache named ${cache} already`);
    }
    this.#monitors.set(cache, monitor);
    // A rate cannot see the first failure of a series that begins with it.
    for (const outcome of outcomes) {
      this.#flushDuration.zero({ cache, outcome });
    }
    monitor.onFlush(({ durationMs, outcome }) => {
      this.#flushDuration.observe({ cache, outcome }, durationMs / 1000);
    });
  }
  // #endregion add

  /** What they show is read from the monitors when somebody asks for it. */
  #metricsIn(registry: Registry) {
    const readAll = (read: Read) =>
      [...this.#monitors].flatMap(([cache, monitor]) => {
        const value = read(monitor.readings());
        return value === undefined ? [] : [{ cache, value }];
      });
    const basics = (name: string, help: string) => ({
      name,
      help,
      labelNames: ['cache'],
      registers: [registry],
    });
    return {
      gauge: (name: string, help: string, read: Read) =>
        new Gauge({
          ...basics(name, help),
          collect() {
            this.reset();
            for (const { cache, value } of readAll(read)) {
              this.set({ cache }, value);
            }
          },
        }),
      counter: (name: string, help: string, read: Read) =>
        new Counter({
          ...basics(name, help),
          collect() {
            this.reset();
            for (const { cache, value } of readAll(read)) {
              this.inc({ cache }, value);
            }
          },
        }),
    };
  }
}

type Read = (readings: Readings) => number | undefined;
