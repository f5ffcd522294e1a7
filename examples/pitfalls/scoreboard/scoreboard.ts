import type { Candidate, PromiseId } from '../../conformance/candidate.ts';
import {
  promiseIds,
  type Verdict,
  verifyAll,
} from '../../conformance/verify.ts';
import {
  writeBehind,
  writeBehindWithJournal,
} from '../../conformance/write-behind-candidates.ts';
import { pitfalls } from '../pitfalls.ts';

/** Which cache keeps which promise, as the conformance kit finds it. */
export interface Scoreboard {
  readonly promises: readonly PromiseId[];
  readonly rows: readonly ScoreboardRow[];
}

export interface ScoreboardRow {
  /** Where its code is, from `examples/`. */
  readonly cache: string;
  /** The promises that it is about: a mistake breaks them, a mend keeps them. */
  readonly about: readonly PromiseId[];
  /** One for each promise, in their order. */
  readonly states: readonly Verdict['state'][];
}

export async function scoreboard(): Promise<Scoreboard> {
  const rows: ScoreboardRow[] = [
    await rowOf(writeBehind, []),
    await rowOf(writeBehindWithJournal, []),
  ];
  for (const { promises, broken, fixed } of pitfalls) {
    rows.push(await rowOf(broken, promises), await rowOf(fixed, promises));
  }
  return { promises: promiseIds, rows };
}

async function rowOf(
  candidate: Candidate,
  about: readonly PromiseId[],
): Promise<ScoreboardRow> {
  const verdicts = await verifyAll(candidate);
  const states = verdicts.map(({ state }) => state);
  return { cache: candidate.name, about, states };
}
