import { expect, test } from 'vitest';
import { writeBehind } from '../../conformance/write-behind-candidates.ts';
import { firstFailure } from '../../simulation/run.ts';

// #region simulated
test('the cache keeps its promises in a hundred histories', async () => {
  const failure = await firstFailure({
    candidates: [writeBehind],
    runs: 100,
    firstSeed: 1,
  });
  // What is there would be printed: the seed, the findings and the story.
  expect(failure?.history).toBeUndefined();
});
// #endregion simulated
