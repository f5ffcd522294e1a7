import { expect, test } from 'vitest';
import { trialScale } from '../harness/benchmark.ts';
import { benchmark } from '../retries-and-dead-letters.ts';

test.each(benchmark.parts)('a part has its figures', async (part) => {
  const samples = await part.measure(trialScale);
  expect(Object.keys(samples).sort()).toEqual(Object.keys(part.figures).sort());
});
