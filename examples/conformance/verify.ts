import {
  type Candidate,
  makes,
  type PromiseId,
  promises,
} from './candidate.ts';
import { type Check, Scene } from './check.ts';
import { readYourWrites } from './checks/p1-read-your-writes.ts';
import { lastWriteWins } from './checks/p2-last-write-wins.ts';
import { nothingVanishes } from './checks/p3-nothing-vanishes.ts';
import { oneWriterAKey } from './checks/p4-one-writer-a-key.ts';
import { deletesHold } from './checks/p5-deletes-hold.ts';
import { boundedAge } from './checks/p6-bounded-age.ts';
import { boundedMemory } from './checks/p7-bounded-memory.ts';
import { poisonIsolation } from './checks/p8-poison-isolation.ts';
import { crashes } from './checks/p9-crash.ts';
import { drain } from './checks/p10-drain.ts';
import { valuesAreValues } from './checks/p11-values-are-values.ts';
import { acknowledgementIsIndependent } from './checks/p12-acknowledgement-is-independent.ts';
import { type Finding, sentence } from './finding.ts';
import { abridged } from './story.ts';

export const checks: readonly Check[] = [
  ...readYourWrites,
  ...lastWriteWins,
  ...nothingVanishes,
  ...oneWriterAKey,
  ...deletesHold,
  ...boundedAge,
  ...boundedMemory,
  ...poisonIsolation,
  ...crashes,
  ...drain,
  ...valuesAreValues,
  ...acknowledgementIsIndependent,
];

export const promiseIds = Object.keys(promises) as readonly PromiseId[];

/** What a check has found, and all that had happened until then. */
export interface Failure {
  readonly check: string;
  readonly findings: readonly [Finding, ...Finding[]];
  readonly story: readonly string[];
}

export interface Verdict {
  readonly promise: PromiseId;
  readonly state: 'kept' | 'broken' | 'not asked';
  readonly failures: readonly Failure[];
}

/** Holds a cache to one promise. */
export async function verify(
  candidate: Candidate,
  promise: PromiseId,
): Promise<Verdict> {
  const asked = checksOf(promise, candidate);
  const failures: Failure[] = [];
  for (const check of asked) {
    const failure = await play(check, candidate);
    if (failure !== undefined) failures.push(failure);
  }
  if (asked.length === 0) return { promise, state: 'not asked', failures };
  return { promise, state: failures.length > 0 ? 'broken' : 'kept', failures };
}

/** Holds it to all of them, in their order. */
export async function verifyAll(candidate: Candidate): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const promise of promiseIds) {
    verdicts.push(await verify(candidate, promise));
  }
  return verdicts;
}

/** What the cache is asked, to find out whether it keeps the promise. */
export function checksOf(
  promise: PromiseId,
  candidate: Candidate,
): readonly Check[] {
  return checks.filter(
    (check) => check.promise === promise && isAsked(check, candidate),
  );
}

/** A cache that does not mean to do a thing is not asked whether it does. */
function isAsked(check: Check, candidate: Candidate): boolean {
  if (!makes(candidate, check.promise)) return false;
  if (check.promise === 'P9' && candidate.isDurable !== true) return false;
  if (check.needs !== 'update') return true;
  return new Scene(candidate, check.promise).cache.update !== undefined;
}

export async function play(
  check: Check,
  candidate: Candidate,
): Promise<Failure | undefined> {
  const scenes: Scene[] = [];
  await check.play((options) => {
    const scene = new Scene(candidate, check.promise, options);
    scenes.push(scene);
    return scene;
  });
  for (const { findings, story } of scenes) {
    const [first, ...others] = findings;
    if (first === undefined) continue;
    return { check: check.name, findings: [first, ...others], story };
  }
  return undefined;
}

export function describeFailure({ findings, story }: Failure): string {
  return [...findings.map(sentence), 'What happened:', ...abridged(story)].join(
    '\n',
  );
}
