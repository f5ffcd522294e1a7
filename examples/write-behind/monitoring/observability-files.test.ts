import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { defaultThresholds } from './health.ts';
import { readPromql } from './promql.ts';
import { alertRules } from './scraped-cache.ts';
import { WriteBehindMetrics } from './write-behind-metrics.ts';

interface Panel {
  readonly title: string;
  readonly targets: readonly { expr: string; legendFormat: string }[];
  readonly fieldConfig: {
    defaults: { thresholds?: { steps: readonly { value: number | null }[] } };
  };
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { list: readonly { name: string; query: string }[] };
}

const read = (file: string) =>
  readFileSync(join(import.meta.dirname, file), 'utf8');

const dashboard: Dashboard = JSON.parse(read('dashboard.json'));

const registry = new Registry();
new WriteBehindMetrics(registry);
const metrics: readonly unknown[] = registry.getMetricsAsArray();
const exported = new Map(
  (metrics as readonly Exported[]).map((metric) => [metric.name, metric]),
);

interface Exported {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labelNames: readonly string[];
}

/** What code exports under this name: a histogram has three. */
function find(name: string): Exported | undefined {
  const exact = exported.get(name);
  if (exact !== undefined) {
    return exact.type === 'histogram' ? undefined : exact;
  }
  const [, base = '', suffix] = /^(.*)_(bucket|sum|count)$/.exec(name) ?? [];
  const histogram = exported.get(base);
  if (histogram?.type !== 'histogram') return undefined;
  const { labelNames } = histogram;
  const all = suffix === 'bucket' ? [...labelNames, 'le'] : labelNames;
  return { name: base, type: 'histogram', labelNames: all };
}

/** What Prometheus adds to whatever it scrapes. */
const targetLabels = ['job', 'instance'];

const panelExpressions = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => [title, expr] as const),
);
const expressions = [
  ...alertRules.map(({ alert, expr }) => [alert, expr] as const),
  ...panelExpressions,
];

// #region names
test.each(expressions)('%s: the code exports all that it reads', (_, expr) => {
  const { selectors, grouping } = readPromql(expr);
  expect(selectors).not.toEqual([]);
  for (const { metric, isRange, labels } of selectors) {
    const found = find(metric);
    expect(found, metric).toBeDefined();
    const known = [...(found?.labelNames ?? []), ...targetLabels];
    expect(known).toEqual(expect.arrayContaining([...labels, ...grouping]));
    expect(isRange, metric).toBe(found?.type !== 'gauge');
  }
});

test('the dashboard shows all that the code exports', () => {
  const shown = panelExpressions.flatMap(([, expr]) =>
    readPromql(expr).selectors.map(({ metric }) => find(metric)?.name),
  );
  expect([...new Set(shown)].sort()).toEqual([...exported.keys()].sort());
});
// #endregion names

test('no label names a key: there are as many series as caches', () => {
  const labels = [...exported.values()].flatMap(({ labelNames }) => labelNames);
  expect([...new Set(labels)].sort()).toEqual(['cache', 'outcome']);
});

test('a misspelt metric would be found', () => {
  expect(find('write_behind_queue_sizes')).toBeUndefined();
  expect(find('write_behind_queue_size_bucket')).toBeUndefined();
  expect(find('write_behind_flush_duration_seconds')).toBeUndefined();
});

describe('the dashboard', () => {
  test('names in its legends only labels that there are', () => {
    for (const { targets } of dashboard.panels) {
      for (const { expr, legendFormat } of targets) {
        const { selectors, grouping } = readPromql(expr);
        const own = selectors.flatMap(({ metric }) => [
          ...(find(metric)?.labelNames ?? []),
          ...targetLabels,
        ]);
        const left = grouping.length > 0 ? grouping : own;
        for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
          expect(left).toContain(label);
        }
      }
    }
  });

  test('uses only variables that it declares', () => {
    const declared = dashboard.templating.list.map(({ name }) => name);
    const used = read('dashboard.json').matchAll(/\$\{?([a-z]\w*)/g);
    for (const [, name] of used) expect(declared).toContain(name);
    const { query } =
      dashboard.templating.list.find(({ name }) => name === 'cache') ?? {};
    const [, metric = '', label] =
      /^label_values\((\w+), (\w+)\)$/.exec(query ?? '') ?? [];
    expect(find(metric)?.labelNames).toContain(label);
  });

  test('draws its lines where the alerts begin', () => {
    const limits = (title: string) =>
      dashboard.panels
        .find((panel) => panel.title === title)
        ?.fieldConfig.defaults.thresholds?.steps.flatMap(
          ({ value }) => value ?? [],
        );
    expect(limits('Queue size')).toEqual([
      limitOf('WriteBehindQueueLong'),
      limitOf('WriteBehindQueueNearlyFull'),
    ]);
    expect(limits('Oldest write')).toEqual([limitOf('WriteBehindWriteOld')]);
    expect(limits('Drift')).toEqual([limitOf('WriteBehindDrift')]);
    expect(limits('Last reconciliation')).toEqual([
      limitOf('WriteBehindReconciliationLate'),
    ]);
  });
});

test('the alerts and the health have the same limits', () => {
  const { queueSize, oldestAgeMs, driftKeys } = defaultThresholds;
  expect(queueSize).toEqual({
    degraded: limitOf('WriteBehindQueueLong'),
    unhealthy: limitOf('WriteBehindQueueNearlyFull'),
  });
  const oldest = limitOf('WriteBehindWriteOld') * 1000;
  expect(oldestAgeMs.unhealthy).toBe(oldest);
  expect(driftKeys.degraded).toBe(limitOf('WriteBehindDrift'));
});

test('each alert says how urgent it is, what has happened, what to do', () => {
  for (const { labels, annotations } of alertRules) {
    expect(['warning', 'critical']).toContain(labels.severity);
    expect(Object.keys(annotations).sort()).toEqual(['action', 'summary']);
  }
});

function limitOf(name: string): number {
  const rule = alertRules.find(({ alert }) => alert === name);
  return Number(rule?.expr.match(/ > (\d+)$/)?.[1]);
}
