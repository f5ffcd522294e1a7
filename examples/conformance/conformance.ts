import { describe, expect, test } from 'vitest';
import { type Candidate, promises } from './candidate.ts';
import { checksOf, describeFailure, play, promiseIds } from './verify.ts';

/** A test for each check that the cache can be asked. */
export function describeConformance(candidate: Candidate): void {
  describe(`${candidate.name} keeps its promises`, () => {
    for (const promise of promiseIds) {
      const asked = checksOf(promise, candidate);
      if (asked.length === 0) continue;
      describe(`${promise} ${promises[promise]}`, () => {
        for (const check of asked) {
          test(check.name, async () => {
            const failure = await play(check, candidate);
            if (failure !== undefined) expect.fail(describeFailure(failure));
          });
        }
      });
    }
  });
}
