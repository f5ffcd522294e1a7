import { describe, expect, test } from 'vitest';
import type { Candidate, PromiseId } from '../conformance/candidate.ts';
import { sentence } from '../conformance/finding.ts';
import { abridged } from '../conformance/story.ts';
import { pitfalls } from '../pitfalls/pitfalls.ts';
import { taught } from './candidates.ts';
import { firstFailure, replayCommand, soughtIn, timeline } from './run.ts';
import { simulate } from './simulate.ts';

describe.each(taught)('$name', (candidate) => {
  // The pending write is what goes wrong in the most ways.
  const runs = candidate.name.includes('write-behind') ? 1000 : 300;

  test(`keeps every promise it makes, in ${runs} histories`, async () => {
    const failure = await firstFailure({
      candidates: [candidate],
      runs,
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

    const lines = timeline(failure).split('\n');
    const { conditions } = failure.history;
    expect(conditions).toHaveLength(2);
    expect(lines.slice(0, 4)).toEqual([
      `${pitfall.broken.name}, seed ${seed}`,
      ...conditions,
      '',
    ]);
    expect(lines).toEqual(expect.arrayContaining(abridged(story)));
    expect(lines).toEqual(expect.arrayContaining(findings.map(sentence)));
  });

  test('fails for what is sought, and tells of the rest', async () => {
    const broken = pitfalls.find(
      ({ name }) => name === 'newer-cleared',
    )?.broken;
    if (broken === undefined) throw new Error('there is no such pitfall');
    const runs = { candidates: [broken], runs: 100, firstSeed: 1 };
    const any = await firstFailure(runs);
    const failure = await firstFailure({ ...runs, promises: ['P3'] });
    if (any === undefined || failure === undefined) {
      throw new Error('no promise was broken');
    }
    expect(any.history.findings.map(({ promise }) => promise)).not.toContain(
      'P3',
    );
    const { seed, findings } = failure.history;
    expect(soughtIn(failure)).not.toEqual([]);
    expect(soughtIn(failure)).toEqual(
      findings.filter(({ promise }) => promise === 'P3'),
    );
    expect(replayCommand(failure)).toBe(
      `npm run simulate -- --cache "${broken.name}" --promise P3 --seed ${seed}`,
    );
    const told = timeline(failure);
    expect(told).toContain('\nP3 nothing vanishes, at ');
    expect(told).not.toContain('\nP6 bounded age, at ');
    expect(told).toMatch(/\nBroken as well: .*P6.*\.$/);

    const kept = timeline({ ...any, promises: ['P3', 'P4'] });
    expect(kept).toContain('\nNot broken: P3, P4.\nBroken as well: P6.');
  });

  test('that breaks nothing says so', async () => {
    const played = { candidate: cache, history: await simulate(cache, 42) };
    expect(timeline(played)).toMatch(/\n\nNo promise was broken\.$/);
  });
});
