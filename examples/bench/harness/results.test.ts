import { expect, test } from 'vitest';
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
  expect(results.runs).toBe(2);
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

test('a figure that no run measured is an error', () => {
  expect(() => gatherResults(benchmark, [{ first: [{ value: 1 }] }])).toThrow(
    'there are no samples',
  );
});
