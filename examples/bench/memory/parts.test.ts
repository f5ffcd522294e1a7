import { afterEach, beforeEach, expect, test } from 'vitest';
import { trialScale } from '../harness/benchmark.ts';
import { benchmark } from '../memory.ts';
import { bytesOfOne } from './footprint.ts';

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

test('what does not hold what it should is not measured', async () => {
  const holder = { fill: async () => {}, held: () => 9 };
  const measuring = bytesOfOne(holder, 10, String);
  await expect(measuring).rejects.toThrow('expected 10, and it holds 9');
});
