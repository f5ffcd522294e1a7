import type { Candidate } from '../conformance/candidate.ts';
import { strategyCandidates } from '../conformance/strategy-candidates.ts';
import {
  writeBehind,
  writeBehindWithJournal,
} from '../conformance/write-behind-candidates.ts';
import { pitfalls } from '../pitfalls/pitfalls.ts';

/** The caches that must keep every promise they make, whatever the seed. */
export const taught: readonly Candidate[] = [
  writeBehind,
  writeBehindWithJournal,
  ...strategyCandidates,
];

/** Those that can be simulated, the broken ones included. */
export const candidates: readonly Candidate[] = [
  ...taught,
  ...pitfalls.flatMap(({ broken, fixed }) => [broken, fixed]),
];
