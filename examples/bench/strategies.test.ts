import { expect, test } from 'vitest';
import { benchmark } from './strategies.ts';

test('the figures are of six strategies under four workloads', () => {
  const parts = benchmark.parts.flatMap(({ figures }) =>
    Object.keys(figures).map((figure) => figure.split('/')),
  );
  const distinct = (at: number) => new Set(parts.map((names) => names[at]));
  expect(distinct(1).size).toBe(4);
  expect(distinct(2).size).toBe(6);
  expect(parts).toHaveLength(distinct(0).size * 4 * 6);
});
