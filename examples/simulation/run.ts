import type { Candidate } from '../conformance/candidate.ts';
import { sentence } from '../conformance/finding.ts';
import type { Print } from '../shared/stopwatch.ts';
import { type History, simulate } from './simulate.ts';

export interface Runs {
  readonly candidates: readonly Candidate[];
  /** Histories of each. */
  readonly runs: number;
  readonly firstSeed: number;
  /** Called after each history. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Failure {
  readonly candidate: Candidate;
  readonly history: History;
}

/** Plays many histories, and stops at the first that breaks a promise. */
export async function firstFailure({
  candidates,
  runs,
  firstSeed,
  onProgress,
}: Runs): Promise<Failure | undefined> {
  const total = runs * candidates.length;
  let done = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    for (const candidate of candidates) {
      const history = await simulate(candidate, seed);
      if (history.findings.length > 0) return { candidate, history };
      done += 1;
      onProgress?.(done, total);
    }
  }
  return undefined;
}

/** The command that plays the history again. */
export function replayCommand({ candidate, history }: Failure): string {
  return `npm run simulate -- --cache "${candidate.name}" --seed ${history.seed}`;
}

/** What happened, line by line, and what was wrong with it. */
export function printTimeline(
  { candidate, history }: Failure,
  print: Print,
): void {
  print(`${candidate.name}, seed ${history.seed}`);
  print('');
  for (const line of history.story) print(line);
  print('');
  if (history.findings.length === 0) print('No promise was broken.');
  for (const finding of history.findings) print(sentence(finding));
}
