import type { Candidate } from '../../conformance/candidate.ts';
import { describeFailure, verify } from '../../conformance/verify.ts';
import { BrokenCache } from '../../pitfalls/flush-inside-set/broken.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { folded } from './folded.ts';

const candidate: Candidate = {
  name: 'pitfalls/flush-inside-set/broken',
  create: (setting) => new BrokenCache(setting),
};

/** What the kit says of a cache that swallows the error of a flush. */
export async function demo(print: Print): Promise<void> {
  const { failures } = await verify(candidate, 'P3');
  for (const failure of failures) {
    print(`${candidate.name} > ${failure.check}`);
    print(folded(describeFailure(failure)));
  }
}

if (isMain('production/testing/broken-promise')) void demo(console.log);
