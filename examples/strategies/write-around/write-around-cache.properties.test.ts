import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  type NewProcess,
  readsAreNotOld,
} from '../cache-aside/interleavings.ts';
import { WriteAroundCache } from './write-around-cache.ts';

const newProcess: NewProcess = (table, cache) =>
  new WriteAroundCache({
    table,
    cache,
    onCacheError: (error) => expect(error).toBeUndefined(),
    clock: new VirtualClock(),
  });

test('no read is old, in whatever order the steps come', async () => {
  const property = readsAreNotOld(newProcess, ['set', 'get']);
  await fc.assert(property, { numRuns: 1000 });
});

test('not where answers are lost and the cache restarts, either', async () => {
  const property = readsAreNotOld(newProcess, [
    'set',
    'get',
    'lose an answer',
    'restart',
  ]);
  await fc.assert(property, { numRuns: 1000 });
});
