import { expect, test } from 'vitest';
import type { Candidate } from '../conformance/candidate.ts';
import { OneFaultCache } from '../conformance/one-fault-cache.ts';
import { holdToPromises } from './describe-simulation.ts';

function cacheWith(fault?: 'has no journal'): Candidate {
  return {
    name: 'our cache',
    isDurable: true,
    create: (setting) => new OneFaultCache(setting, fault),
  };
}

test('passes with a cache that breaks no promise', async () => {
  await holdToPromises(cacheWith(), { runs: 20 });
});

test('tells the story of the first seed that fails', async () => {
  const broken = cacheWith('has no journal');
  const error: unknown = await holdToPromises(broken, { runs: 100 }).catch(
    (error) => error,
  );
  if (!(error instanceof Error)) throw new Error('no promise was broken');
  const seed = Number(
    /^our cache, seed (\d+)\nLimits: /.exec(error.message)?.[1],
  );
  expect(error.message).toMatch(/\n {5}0 ms {2}.*\n/);
  expect(error.message).toContain('P9 crash, at ');
  const alone = { runs: 1, firstSeed: seed };
  expect(error.message).toContain(
    `\nTo see it again: { runs: 1, firstSeed: ${seed} }`,
  );
  await expect(holdToPromises(broken, alone)).rejects.toThrow(error.message);
});
