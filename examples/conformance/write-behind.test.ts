import type { Candidate } from './candidate.ts';
import { describeConformance } from './conformance.ts';
import {
  writeBehind,
  writeBehindWithJournal,
} from './write-behind-candidates.ts';

describeConformance(writeBehindWithJournal);

for (const whenFull of ['wait', 'reject', 'write-through'] as const) {
  describeConformance(whenItIsFull(whenFull, writeBehind));
}

/** The policy of its own, whatever a check asks for. */
function whenItIsFull(
  whenFull: 'wait' | 'reject' | 'write-through',
  candidate: Candidate,
): Candidate {
  return {
    ...candidate,
    name: `${candidate.name}, which is to ${whenFull}`,
    create: (setting) => candidate.create({ ...setting, whenFull }),
  };
}
