import { describe, expect, test } from 'vitest';
import type { Benchmark } from './benchmark.ts';
import { gatherResults } from './results.ts';

const benchmark: Benchmark = {
  conditions: 'Nothing else runs.',
  parts: [
    {
      figures: { first: { is: 'the first', unit: 'ratio' } },
      measure: async () => ({}),
    },
    {
      figures: { second: { is: 'the second', unit: 'bytes' } },
      measure: async () => ({}),
    },
  ],
  derived: {
    sum: {
      figure: { is: 'the sum', unit: 'ratio' },
      derive: ({ first = [], second = [] }) =>
        first.map(({ value }, round) => ({
          value: value + (second[round]?.value ?? 0),
        })),
    },
  },
};

const runs = [
  {
    first: [{ value: 1 }, { value: 2 }],
    second: [{ value: 200 }, { value: 210 }],
  },
  { first: [{ value: 6 }], second: [{ value: 220 }] },
];

test('the figures of all parts come from the rounds of all runs', () => {
  const results = gatherResults(benchmark, runs);
  expect(results).toMatchObject({ runs: 2 });
  expect(results.figures).toMatchObject({
    first: { is: 'the first', value: 2, rounds: 3 },
    second: { is: 'the second', value: 210, rounds: 3 },
    sum: { is: 'the sum', value: 212, rounds: 3 },
  });
});

test('what they were measured on is written down with them', () => {
  expect(gatherResults(benchmark, runs)).toMatchObject({
    conditions: 'Nothing else runs.',
    node: process.versions.node,
    machine: { cores: expect.any(Number), processor: expect.any(String) },
  });
});

test('the versions of servers are written down, where there are any', () => {
  const servers = { PostgreSQL: '17.5' };
  expect(gatherResults(benchmark, runs, servers)).toMatchObject({ servers });
  expect(gatherResults(benchmark, runs)).not.toHaveProperty('servers');
});

test('a figure that no run measured is an error', () => {
  expect(() => gatherResults(benchmark, [{ first: [{ value: 1 }] }])).toThrow(
    'there are no samples',
  );
});

describe('in virtual time', () => {
  const simulated: Benchmark = { ...benchmark, isSimulated: true };
  const run = { first: [{ value: 1.23456 }], second: [{ value: 200 }] };

  test('figures have no machine, no day and no spread', () => {
    expect(gatherResults(simulated, [run])).toEqual({
      isSimulated: true,
      conditions: 'Nothing else runs.',
      figures: {
        first: { is: 'the first', unit: 'ratio', value: 1.235 },
        second: { is: 'the second', unit: 'bytes', value: 200 },
        sum: { is: 'the sum', unit: 'ratio', value: 201.2 },
      },
    });
  });

  test('a figure that came out twice, or never, is an error', () => {
    expect(() => gatherResults(simulated, [run, run])).toThrow(
      'expected one sample, got 2',
    );
    expect(() => gatherResults(simulated, [{}])).toThrow(
      'expected one sample, got 0',
    );
  });
});
