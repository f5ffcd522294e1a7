import type { Candidate, PromiseId } from '../conformance/candidate.ts';
import { type Finding, sentence } from '../conformance/finding.ts';
import { abridged } from '../conformance/story.ts';
import { type History, simulate } from './simulate.ts';

export interface Runs {
  readonly candidates: readonly Candidate[];
  /** Histories of each. */
  readonly runs: number;
  readonly firstSeed: number;
  /** Nothing else counts as a failure. Default: every promise. */
  readonly promises?: readonly PromiseId[] | undefined;
  /** Called after each history. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A history that was played, and the promises that it was played for. */
export interface Played {
  readonly candidate: Candidate;
  readonly history: History;
  /** Default: every promise. */
  readonly promises?: readonly PromiseId[] | undefined;
}

/** Plays many histories, and stops at the first that breaks a promise. */
export async function firstFailure({
  candidates,
  runs,
  firstSeed,
  promises,
  onProgress,
}: Runs): Promise<Played | undefined> {
  const total = runs * candidates.length;
  let done = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    for (const candidate of candidates) {
      const history = await simulate(candidate, seed);
      const played = { candidate, history, promises };
      if (soughtIn(played).length > 0) return played;
      done += 1;
      onProgress?.(done, total);
    }
  }
  return undefined;
}

/** What was found of the promises that count. */
export function soughtIn({ history, promises }: Played): readonly Finding[] {
  const { findings } = history;
  if (promises === undefined) return findings;
  return findings.filter(({ promise }) => promises.includes(promise));
}

/** The command that plays the history again. */
export function replayCommand(played: Played): string {
  const { candidate, history, promises = [] } = played;
  const command = `npm run simulate -- --cache "${candidate.name}"`;
  const sought = promises.map((promise) => ` --promise ${promise}`).join('');
  return `${command}${sought} --seed ${history.seed}`;
}

/** What happened, line by line, and what was wrong with it. */
export function timeline(played: Played): string {
  const { candidate, history } = played;
  const { seed, conditions, story } = history;
  return [
    `${candidate.name}, seed ${seed}`,
    ...conditions,
    '',
    ...abridged(story),
    '',
    ...verdictOn(played),
  ].join('\n');
}

function verdictOn(played: Played): string[] {
  const { history, promises } = played;
  const sought = soughtIn(played);
  const others = history.findings.filter(
    (finding) => !sought.includes(finding),
  );
  const broken = new Set(others.map(({ promise }) => promise));
  const kept =
    promises === undefined
      ? 'No promise was broken.'
      : `Not broken: ${promises.join(', ')}.`;
  return [
    ...(sought.length > 0 ? sought.map(sentence) : [kept]),
    ...(broken.size > 0 ? [`Broken as well: ${[...broken].join(', ')}.`] : []),
  ];
}
