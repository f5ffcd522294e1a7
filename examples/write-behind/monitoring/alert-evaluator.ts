/**
 * Evaluates the alert rules of this folder in a test, as Prometheus would: an
 * alert is pending while its expression has been true, and fires once that has
 * lasted for `for`. It knows four forms of expression and refuses all others.
 */
import type { Registry } from 'prom-client';
import { parse } from 'yaml';

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity?: string };
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

export interface Alert {
  readonly alert: string;
  readonly labels: Sample['labels'];
  readonly value: number;
  readonly state: 'pending' | 'firing';
  readonly activeAt: number;
}

type Series = Pick<Sample, 'labels' | 'value'>;

interface Scrape {
  readonly now: number;
  readonly samples: readonly Sample[];
}

// #region evaluate
export class AlertEvaluator {
  readonly #rules: readonly AlertRule[];
  #scrapes: readonly Scrape[] = [];
  #active = new Map<string, Alert>();

  constructor(rules: readonly AlertRule[]) {
    this.#rules = rules;
  }

  /** To be called at each scrape. What is not in the answer is inactive. */
  evaluate(samples: readonly Sample[], now: number): Alert[] {
    this.#scrapes = [...this.#scrapes, { now, samples }].filter(
      (scrape) => scrape.now > now - longestRangeMs,
    );
    const active = new Map<string, Alert>();
    for (const { alert, expr, for: holdFor = '0s' } of this.#rules) {
      for (const { labels, value } of seriesOf(expr, this.#scrapes)) {
        const id = `${alert} ${JSON.stringify(labels)}`;
        const activeAt = this.#active.get(id)?.activeAt ?? now;
        const hasLasted = now - activeAt >= millisecondsOf(holdFor);
        const state = hasLasted ? 'firing' : 'pending';
        active.set(id, { alert, labels, value, state, activeAt });
      }
    }
    this.#active = active;
    return [...active.values()];
  }
}
// #endregion evaluate

const longestRangeMs = 15 * 60_000;

/** The series for which the expression is true now. */
function seriesOf(expression: string, scrapes: readonly Scrape[]): Series[] {
  const { now, samples } = scrapes.at(-1) ?? { now: 0, samples: [] };
  const of = (metric: string, from = samples): Series[] =>
    from.filter(({ name }) => name === metric);

  const above = /^(\w+) > (\d+)$/.exec(expression);
  if (above) {
    const [, metric = '', limit] = above;
    return of(metric).filter(({ value }) => value > Number(limit));
  }
  const older = /^time\(\) - (\w+) > (\d+)$/.exec(expression);
  if (older) {
    const [, metric = '', limit] = older;
    return of(metric)
      .map(({ labels, value }) => ({ labels, value: now / 1000 - value }))
      .filter(({ value }) => value > Number(limit));
  }
  const absent = /^absent\((\w+)\)$/.exec(expression);
  if (absent) {
    const [, metric = ''] = absent;
    return of(metric).length > 0 ? [] : [{ labels: {}, value: 1 }];
  }
  // Prometheus extrapolates an increase, which does not make it 0, or not 0.
  const grown = /^increase\((\w+)\[(\w+)\]\) > 0$/.exec(expression);
  if (grown) {
    const [, metric = '', range = ''] = grown;
    const from = now - millisecondsOf(range);
    const values = scrapes
      .filter((scrape) => scrape.now > from)
      .map((scrape) => of(metric, scrape.samples));
    return of(metric)
      .map(({ labels }) => {
        const id = JSON.stringify(labels);
        const points = values
          .flat()
          .filter((point) => JSON.stringify(point.labels) === id);
        return { labels, value: increaseOf(points.map(({ value }) => value)) };
      })
      .filter(({ value }) => value > 0);
  }
  throw new SyntaxError(`cannot evaluate ${expression}`);
}

/** A value below the one before it has begun at 0 again. */
function increaseOf(values: readonly number[]): number {
  let increase = 0;
  let before = values[0] ?? 0;
  for (const value of values) {
    increase += value < before ? value : value - before;
    before = value;
  }
  return increase;
}

function millisecondsOf(duration: string): number {
  const [, count, unit = ''] = /^(\d+)([smh])$/.exec(duration) ?? [];
  const ms = { s: 1000, m: 60_000, h: 3_600_000 }[unit];
  if (ms === undefined) {
    throw new SyntaxError(`expected a duration such as 1m, got ${duration}`);
  }
  const total = Number(count) * ms;
  if (total > longestRangeMs) {
    throw new RangeError(`expected 15m at most, got ${duration}`);
  }
  return total;
}

const fields = new Set(['alert', 'expr', 'for', 'labels', 'annotations']);

export function rulesIn(yaml: string): AlertRule[] {
  const { groups } = parse(yaml) as { groups: { rules: AlertRule[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  for (const rule of rules) {
    const unknown = Object.keys(rule).find((field) => !fields.has(field));
    if (unknown === undefined) continue;
    throw new SyntaxError(`cannot evaluate a rule with the field ${unknown}`);
  }
  return rules;
}

/** What a scrape of the registry would bring. */
export async function samplesOf(registry: Registry): Promise<Sample[]> {
  const metrics = await registry.getMetricsAsJSON();
  return metrics.flatMap(({ name, values }) =>
    values.map((sample) => ({
      name: 'metricName' in sample ? String(sample.metricName) : name,
      labels: sample.labels as Sample['labels'],
      value: sample.value,
    })),
  );
}
