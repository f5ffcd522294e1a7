import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { alertRules } from './scraped-cache.ts';
import { WriteBehindMetrics } from './write-behind-metrics.ts';

const examples = join(import.meta.dirname, '../..');
const page = readFileSync(
  join(examples, '../docs/write-behind/monitoring.mdx'),
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

test('the page copies all that its modules import, and no more', () => {
  const copied = [
    ...page
      .replaceAll(/\\\n */g, '')
      .matchAll(/^cp examples\/(\S+) your-project\/(\S+)\/$/gm),
  ].flatMap(([, source = '', folder = '']) => {
    expect(dirname(source)).toBe(folder);
    const [, before = '', names, after = ''] =
      source.match(/^(.*)\{(.*)\}(.*)$/) ?? [];
    if (names === undefined) return source;
    return names.split(',').map((name) => before + name + after);
  });
  const folder = 'write-behind/monitoring';
  const needed = new Set(
    ['write-behind-metrics', 'health', 'monitoring-server'].map(
      (name) => `${folder}/${name}.ts`,
    ),
  );
  for (const file of needed) {
    const text = readFileSync(join(examples, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/ from '(\.[^']+)'/g)) {
      needed.add(normalize(join(dirname(file), path)));
    }
  }
  needed.add(`${folder}/alert-rules.yaml`).add(`${folder}/dashboard.json`);
  expect(copied.sort()).toEqual([...needed].sort());
});
