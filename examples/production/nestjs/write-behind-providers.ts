/** The write-behind cache, and what stands around it. */
import { type FactoryProvider, Logger } from '@nestjs/common';
import { Registry } from 'prom-client';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { RetryAfter } from '../../write-behind/backpressure/retry-after.ts';
import { WriteBehindMetrics } from '../../write-behind/monitoring/write-behind-metrics.ts';
import { WriteBehindMonitor } from '../../write-behind/monitoring/write-behind-monitor.ts';
import { HurriedClock } from '../../write-behind/shutdown/hurried-clock.ts';
import { DATABASE, type Database } from './database.ts';
import { LeftWrites } from './left-writes.ts';
import { PendingWrites } from './pending-writes.ts';
import type { Product } from './products.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { withoutRows } from './without-rows.ts';

type Monitor = WriteBehindMonitor<string, Product>;
type Cache = WriteBehindCache<string, Product>;

const clock: FactoryProvider = {
  provide: HurriedClock,
  useFactory: () => new HurriedClock(),
};

const pendingWrites: FactoryProvider = {
  provide: PendingWrites,
  inject: [HurriedClock],
  useFactory: (time: HurriedClock) => new PendingWrites<string, Product>(time),
};

const leftWrites: FactoryProvider = {
  provide: LeftWrites,
  inject: [SETTINGS],
  useFactory: ({ leftFile }: Settings) => new LeftWrites(leftFile),
};

// #region providers
const monitor: FactoryProvider<Monitor> = {
  provide: WriteBehindMonitor,
  inject: [DATABASE, HurriedClock, PendingWrites, LeftWrites],
  useFactory: (
    database: Database,
    time: HurriedClock,
    journal: PendingWrites<string, Product>,
    left: LeftWrites<string, Product>,
  ) => {
    const log = new Logger('DeadLetters');
    return new WriteBehindMonitor<string, Product>({
      store: database.rowsOf('write-behind'),
      clock: time,
      journal,
      onDeadLetter: async ({ operation, error }) => {
        await left.keep([operation]);
        log.error(withoutRows(error));
      },
    });
  },
};

const cache: FactoryProvider<Cache> = {
  provide: WriteBehindCache,
  inject: [WriteBehindMonitor, SETTINGS],
  useFactory: ({ ports }: Monitor, { maxPending, maxDelayMs }: Settings) =>
    new WriteBehindCache({
      ...ports,
      ...{ maxPending, maxDelayMs },
      whenFull: 'reject',
      // An outage may take an hour. What fails for good is given up at once.
      retry: { attempts: 2000, maxDelayMs: 5000 },
    }),
};
// #endregion providers

const retryAfter: FactoryProvider = {
  provide: RetryAfter,
  inject: [WriteBehindCache, SETTINGS, HurriedClock],
  useFactory: (behind: Cache, { maxPending }: Settings, time: HurriedClock) =>
    new RetryAfter({ stats: () => behind.stats(), maxPending, clock: time }),
};

const registry: FactoryProvider<Registry> = {
  provide: Registry,
  inject: [WriteBehindMonitor],
  useFactory: (watched: Monitor) => {
    const metrics = new Registry();
    new WriteBehindMetrics(metrics).add('products', watched);
    return metrics;
  },
};

export const writeBehindProviders = [
  ...[clock, pendingWrites, leftWrites, monitor],
  ...[cache, retryAfter, registry],
];
