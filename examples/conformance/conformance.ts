import { describe, expect, test } from 'vitest';
import { type Candidate, promises } from './candidate.ts';
import {
  checks,
  describeFailure,
  isAsked,
  play,
  promiseIds,
} from './verify.ts';

/** A test for each check that the cache can be asked. */
export function describeConformance(candidate: Candidate): void {
  describe(`${candidate.name} keeps its promises`, () => {
    for (const promise of promiseIds) {
      const asked = checks.filter(
        (check) => check.promise === promise && isAsked(check, candidate),
      );
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
