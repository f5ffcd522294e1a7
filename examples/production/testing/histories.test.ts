import fc from 'fast-check';
import { test } from 'vitest';
import { writeBehind } from '../../conformance/write-behind-candidates.ts';
import { promisesOf } from './histories.ts';

// #region test
test('the cache keeps its promises in any history', async () => {
  await fc.assert(promisesOf(writeBehind));
});
// #endregion test
