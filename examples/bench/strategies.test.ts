import { expect, test } from 'vitest';
import { trialScale } from './harness/benchmark.ts';
import { benchmark } from './strategies.ts';

const parts = benchmark.parts.map((part) => ({
  part,
  names: Object.keys(part.figures),
}));

test('the figures are of six strategies under four workloads', () => {
  const parts = benchmark.parts.flatMap(({ figures }) =>
    Object.keys(figures).map((figure) => figure.split('/')),
  );
  const distinct = (at: number) => new Set(parts.map((names) => names[at]));
  expect(distinct(1).size).toBe(4);
  expect(distinct(2).size).toBe(6);
  expect(parts).toHaveLength(distinct(0).size * 4 * 6);
});

test.each(parts)('$names have one number each', async ({ part, names }) => {
  const samples = await part.measure(trialScale);
  expect(Object.keys(samples).sort()).toEqual(names.toSorted());
  for (const name of names) {
    const values = samples[name]?.map(({ value }) => Number.isFinite(value));
    expect(values, name).toEqual([true]);
  }
});
