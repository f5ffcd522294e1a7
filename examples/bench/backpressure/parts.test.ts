import { expect, test } from 'vitest';
import { benchmark } from '../backpressure.ts';
import { trialScale } from '../harness/benchmark.ts';

test.each(benchmark.parts)('a part has its figures', async (part) => {
  const samples = await part.measure(trialScale);
  expect(Object.keys(samples).sort()).toEqual(Object.keys(part.figures).sort());
});
