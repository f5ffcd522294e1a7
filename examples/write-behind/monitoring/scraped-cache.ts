/** A cache that is watched, scraped every 15 s, and judged by the alert rules. */
import { readFileSync } from 'node:fs';
import { Registry } from 'prom-client';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { projectFile } from '../../shared/project-file.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import {
  type Alert,
  AlertEvaluator,
  rulesIn,
  samplesOf,
} from './alert-evaluator.ts';
import { WriteBehindMetrics } from './write-behind-metrics.ts';
import { WriteBehindMonitor } from './write-behind-monitor.ts';

/** From the folder in which npm runs its scripts. */
const rulesFile = projectFile(
  'examples/write-behind/monitoring/alert-rules.yaml',
);

export const alertRules = rulesIn(readFileSync(rulesFile, 'utf8'));

const scrapeEveryMs = 15_000;

export function scrapedCache(
  options: Partial<WriteBehindOptions<string, number>> = {},
) {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const registry = new Registry();
  const monitor = new WriteBehindMonitor<string, number>({
    store,
    clock,
    onDeadLetter: () => {},
  });
  new WriteBehindMetrics(registry).add('sessions', monitor);
  const cache = new WriteBehindCache<string, number>({
    random: () => 0.5,
    ...options,
    ...monitor.ports,
  });
  const evaluator = new AlertEvaluator(alertRules);
  let alerts: readonly Alert[] = [];

  const scrape = async (source = registry) => {
    alerts = evaluator.evaluate(await samplesOf(source), clock.now());
  };
  /** Does the same at the beginning of each second. */
  const pass = async (seconds: number, everySecond = async () => {}) => {
    for (let second = 0; second < seconds; second += 1) {
      await everySecond();
      await clock.advance(1000);
      if (clock.now() % scrapeEveryMs === 0) await scrape();
    }
  };
  let keys = 0;
  const writeNewKeys = (count: number) => async () => {
    for (let key = 0; key < count; key += 1) {
      keys += 1;
      await cache.set(`session-${keys}`, keys);
    }
  };
  const stateOf = (name: string) =>
    alerts.find(({ alert }) => alert === name)?.state ?? 'inactive';
  return {
    ...{ clock, store, registry, monitor, cache },
    ...{ pass, scrape, writeNewKeys, stateOf },
    alerts: () => alerts,
  };
}
