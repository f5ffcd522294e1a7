import { expect, test } from 'vitest';
import { meetsAim } from '../examples/bench/harness/figure.ts';
import type { MeasuredResults } from '../examples/bench/harness/results.ts';
import { report } from './bench-report.mjs';

const results: MeasuredResults = {
  date: '2026-03-01',
  machine: { processor: 'A processor', cores: 2, memoryGB: 24 },
  node: '20.20.2',
  os: 'Linux x64',
  runs: 3,
  conditions: 'The store does nothing.',
  figures: {
    'ack-1': {
      is: 'acknowledging a set',
      unit: 'ratio',
      compares: 'nanoseconds',
      aim: { atMost: 3 },
      value: 1.847,
      spread: { from: 1.712, to: 2.04 },
      rounds: 45,
      subject: 120.4,
      baseline: 65.2,
    },
    growth: {
      is: 'growth',
      unit: 'ratio',
      compares: 'times',
      value: 0.9,
      spread: { from: 0.8, to: 1 },
      rounds: 45,
      subject: 9,
      baseline: 10,
    },
    'bytes-100000': {
      is: 'bytes of a pending write',
      unit: 'bytes',
      aim: { atMost: 250 },
      value: 213,
      spread: { from: 213, to: 213.1 },
      rounds: 45,
    },
    flush: {
      is: 'rate of a flush',
      unit: 'ratio',
      compares: 'nanoseconds',
      aim: { atLeast: 0.2 },
      value: 0.05,
      spread: { from: 0.04, to: 0.06 },
      rounds: 45,
      subject: 870,
      baseline: 43,
    },
  },
};

test('a report shows each figure, its parts, and whether its aim is met', () => {
  expect(`\n${report('cache', results, meetsAim)}`).toBe(`
cache: A processor, 2 cores, 24 GB, Linux x64, Node.js 20.20.2, 3 runs

figure         median      half of all    of                   aim
ack-1          1.85×       1.71 to 2.04   120 ns and 65.2 ns   at most 3×: met
growth         0.9×        0.8 to 1       9× and 10×
bytes-100000   213 bytes   213 to 213                          at most 250 bytes: met
flush          0.05×       0.04 to 0.06   870 ns and 43 ns     at least 0.2×: MISSED

Missed: flush.`);
});

test('a report says so when no aim is missed', () => {
  const { flush: _, ...figures } = results.figures;
  const text = report('cache', { ...results, figures }, meetsAim);
  expect(text).toMatch(/\nAll aims are met\.$/);
});

test('a report claims nothing where there is no aim', () => {
  const {
    flush: _,
    'ack-1': __,
    'bytes-100000': ___,
    ...figures
  } = results.figures;
  const text = report('cache', { ...results, figures }, meetsAim);
  expect(text).toMatch(/\nNone of these figures has an aim\.$/);
});

test('a report names the servers that were measured', () => {
  const servers = { PostgreSQL: '17.5', Redis: '7.0.15' };
  const text = report('cache', { ...results, servers }, meetsAim);
  expect(text).toContain(', Node.js 20.20.2, PostgreSQL 17.5, Redis 7.0.15, ');
});

test('a report of what is simulated names no machine and no spread', () => {
  const text = report(
    'strategies',
    {
      isSimulated: true,
      conditions: 'Time is virtual.',
      figures: {
        ack: { is: 'the median', unit: 'milliseconds', value: 20.5 },
        rows: { is: 'rows', unit: 'count', value: 0.9876 },
        hits: { is: 'hits', unit: 'share', value: 0.256 },
      },
    },
    meetsAim,
  );
  expect(`\n${text}`).toBe(`
strategies: simulated, the same on every machine

figure   value
ack      20.5 ms
rows     0.988
hits     25.6 %`);
});
