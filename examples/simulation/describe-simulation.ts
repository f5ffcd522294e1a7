import { expect, test } from 'vitest';
import type { Candidate } from '../conformance/candidate.ts';
import { firstFailure, timeline } from './run.ts';

export interface SimulationOptions {
  readonly runs: number;
  /** Default: 1. */
  readonly firstSeed?: number;
}

/** A test that plays so many histories of the cache, one a seed. */
export function describeSimulation(
  candidate: Candidate,
  options: SimulationOptions,
): void {
  const { name } = candidate;
  test(`${name} keeps its promises in ${options.runs} histories`, () =>
    holdToPromises(candidate, options));
}

/** Rejects with the first history that breaks a promise, line by line. */
export async function holdToPromises(
  candidate: Candidate,
  { runs, firstSeed = 1 }: SimulationOptions,
): Promise<void> {
  const candidates = [candidate];
  const failure = await firstFailure({ candidates, runs, firstSeed });
  if (failure === undefined) return;
  const alone = `{ runs: 1, firstSeed: ${failure.history.seed} }`;
  expect.fail(`${timeline(failure)}\n\nTo see it again: ${alone}`);
}
