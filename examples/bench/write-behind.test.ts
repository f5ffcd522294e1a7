import { afterEach, beforeEach, expect, test } from 'vitest';
import { trialScale } from './harness/benchmark.ts';
import { benchmark } from './write-behind.ts';

const { gc } = globalThis;

// `npm run bench` has a real one. What is in use is of no interest here.
beforeEach(() => {
  globalThis.gc = (async () => {}) as NodeJS.GCFunction;
});

afterEach(() => {
  globalThis.gc = gc;
});

const parts = benchmark.parts.map((part) => ({
  part,
  names: Object.keys(part.figures),
}));

test.each(parts)('$names are measured, each round', async ({ part, names }) => {
  const samples = await part.measure({ ...trialScale, rounds: 2 });
  expect(Object.keys(samples)).toEqual(names);
  for (const name of names) {
    const values = samples[name]?.map(({ value }) => Number.isFinite(value));
    expect(values, name).toEqual([true, true]);
  }
});
