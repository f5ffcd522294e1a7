import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { alertRules } from './scraped-cache.ts';
import { WriteBehindMetrics } from './write-behind-metrics.ts';

const page = readFileSync(
  join(import.meta.dirname, '../../../docs/write-behind/monitoring.mdx'),
  'utf8',
);

/** The first cells of the table under a heading, without their backticks. */
function firstCells(heading: string): string[] {
  const [, section = ''] = page.split(`{#${heading}}\n`);
  const [text = ''] = section.split(/^#/m);
  return [...text.matchAll(/^\| `(\w+)` \|/gm)].flatMap(
    ([, name]) => name ?? [],
  );
}

test('the page tells of each metric, and of no other', () => {
  const registry = new Registry();
  new WriteBehindMetrics(registry);
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  const told = firstCells('metrics').map((name) => `write_behind_${name}`);
  expect(told.sort()).toEqual(names.sort());
});

test('the page tells of each alert, in the order of the file', () => {
  const told = firstCells('alerts').map((name) => `WriteBehind${name}`);
  expect(told).toEqual(alertRules.map(({ alert }) => alert));
});
