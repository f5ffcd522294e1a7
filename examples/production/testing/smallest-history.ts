import fc from 'fast-check';
import type { Candidate } from '../../conformance/candidate.ts';
import { BrokenCache } from '../../pitfalls/newer-cleared/broken.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { folded } from './folded.ts';
import { promisesOf } from './histories.ts';

const candidate: Candidate = {
  name: 'pitfalls/newer-cleared/broken',
  create: (setting) => new BrokenCache(setting),
};

/** What fast-check makes of the first history that breaks a promise. */
export async function demo(print: Print): Promise<void> {
  const found = await fc.check(promisesOf(candidate), { seed: 1 });
  const [steps = []] = found.counterexample ?? [];
  print(`${candidate.name}, history ${found.numRuns}`);
  print(`made smaller ${found.numShrinks} times:`);
  for (const step of steps) print(`  ${step}`);
  if (found.errorInstance instanceof Error) {
    print(folded(found.errorInstance.message));
  }
}

if (isMain('production/testing/smallest-history')) void demo(console.log);
