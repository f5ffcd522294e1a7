import { describe, expect, test } from 'vitest';
import type { Candidate, PromiseId } from '../conformance/candidate.ts';
import { sentence } from '../conformance/finding.ts';
import { pitfalls } from '../pitfalls/pitfalls.ts';
import { taught } from './candidates.ts';
import { firstFailure, printTimeline, replayCommand } from './run.ts';
import { simulate } from './simulate.ts';

describe.each(taught)('$name', (candidate) => {
  test('keeps every promise, in a thousand histories', async () => {
    const failure = await firstFailure({
      candidates: [candidate],
      runs: 1000,
      firstSeed: 1,
    });
    if (failure === undefined) return;
    const findings = failure.history.findings.map(sentence).join('\n');
    expect.fail(`${findings}\nTo see it again: ${replayCommand(failure)}`);
  });
});

/** The promises that are broken in the histories, as far as they are sought. */
async function brokenBy(
  candidate: Candidate,
  seeds: number,
  sought: readonly PromiseId[],
): Promise<Set<PromiseId>> {
  const broken = new Set<PromiseId>();
  for (let seed = 1; seed <= seeds; seed++) {
    const { findings } = await simulate(candidate, seed);
    for (const { promise } of findings) {
      if (sought.includes(promise)) broken.add(promise);
    }
    if (broken.size === sought.length) break;
  }
  return broken;
}

describe.each(pitfalls)('$name', ({ promises, broken, fixed }) => {
  test(`breaks ${promises.join(' and ')} in one of a hundred histories`, async () => {
    const found = await brokenBy(broken, 100, promises);
    expect(found).toEqual(new Set(promises));
  });

  test(`keeps ${promises.join(' and ')} in fifty, once it is mended`, async () => {
    expect(await brokenBy(fixed, 50, promises)).toEqual(new Set());
  });
});

describe('a seed', () => {
  const [cache] = taught;
  if (cache === undefined) throw new Error('there is no cache to simulate');

  test('plays the same history each time', async () => {
    const first = await simulate(cache, 42);
    expect(first.story.length).toBeGreaterThan(10);
    expect(await simulate(cache, 42)).toEqual(first);
    expect((await simulate(cache, 43)).story).not.toEqual(first.story);
  });

  test('that breaks a promise ends the run, and can be replayed', async () => {
    const [pitfall] = pitfalls;
    if (pitfall === undefined) throw new Error('there is no pitfall');
    const progress: number[] = [];
    const failure = await firstFailure({
      candidates: [pitfall.broken],
      runs: 100,
      firstSeed: 1,
      onProgress: (done) => progress.push(done),
    });
    if (failure === undefined) throw new Error('no promise was broken');
    const { seed, findings, story } = failure.history;
    expect(progress.at(-1) ?? 0).toBe(seed - 1);
    expect(replayCommand(failure)).toBe(
      `npm run simulate -- --cache "${pitfall.broken.name}" --seed ${seed}`,
    );
    const again = await simulate(pitfall.broken, seed);
    expect(again.findings).toEqual(findings);

    const lines: string[] = [];
    printTimeline(failure, (line) => lines.push(line));
    expect(lines).toContain(`${pitfall.broken.name}, seed ${seed}`);
    expect(lines).toEqual(expect.arrayContaining([...story]));
    expect(lines).toEqual(expect.arrayContaining(findings.map(sentence)));
  });
});
