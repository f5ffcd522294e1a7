import type { Candidate } from '../../conformance/candidate.ts';
import { BrokenCache } from '../../pitfalls/dead-rise/broken.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { timeline } from '../../simulation/run.ts';
import { simulate } from '../../simulation/simulate.ts';
import { folded } from './folded.ts';

const candidate: Candidate = {
  name: 'pitfalls/dead-rise/broken',
  create: (setting) => new BrokenCache(setting),
};

/** Of the seeds that bring a deleted row back, one with a short history. */
const seed = 7648;

/** What `npm run simulate` prints of the seed. */
export async function demo(print: Print): Promise<void> {
  const history = await simulate(candidate, seed);
  print(folded(timeline({ candidate, history })));
}

if (isMain('production/testing/failing-seed')) void demo(console.log);
