import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { pitfalls } from '../pitfalls.ts';
import { type Scoreboard, scoreboard } from './scoreboard.ts';

let found: Scoreboard;

beforeAll(async () => {
  found = await scoreboard();
});

function statesOf(cache: string): Record<string, string> {
  const row = found.rows.find((row) => row.cache === cache);
  if (row === undefined) throw new Error(`${cache} is not on the scoreboard`);
  return Object.fromEntries(
    found.promises.map((promise, index) => [promise, row.states[index] ?? '']),
  );
}

// #region controls
describe.each(pitfalls)('$name', ({ promises, broken, fixed }) => {
  test.each(promises)('breaks %s, and is caught', (promise) => {
    expect(statesOf(broken.name)).toMatchObject({ [promise]: 'broken' });
  });

  test.each(promises)('keeps %s once it is mended', (promise) => {
    expect(statesOf(fixed.name)).toMatchObject({ [promise]: 'kept' });
  });
});

test('the cache that the site teaches breaks no promise', () => {
  expect(Object.values(statesOf('strategies/write-behind'))).not.toContain(
    'broken',
  );
  const states = statesOf('strategies/write-behind with a journal');
  expect(new Set(Object.values(states))).toEqual(new Set(['kept']));
});

// #endregion controls

test('a mend is not a cache: each breaks three to five other promises', () => {
  for (const { fixed } of pitfalls) {
    const states = statesOf(fixed.name);
    const broken = Object.values(states).filter((state) => state === 'broken');
    expect(broken.length, fixed.name).toBeGreaterThanOrEqual(3);
    expect(broken.length, fixed.name).toBeLessThanOrEqual(5);
    // A bound, dead letters and a drain.
    const { P7, P8, P10 } = states;
    expect([P7, P8, P10], fixed.name).toContain('broken');
  }
});

test('every folder of a pitfall is on the scoreboard', () => {
  const folders = fs
    .readdirSync(path.dirname(import.meta.dirname), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'scoreboard')
    .map(({ name }) => name);
  expect(pitfalls.map(({ name }) => name).sort()).toEqual(folders.sort());
});

test('the recorded scoreboard is what the run finds', async () => {
  const file = path.join(import.meta.dirname, 'scoreboard.json');
  await expect(`${JSON.stringify(found, undefined, 2)}\n`).toMatchFileSnapshot(
    file,
  );
});
