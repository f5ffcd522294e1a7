import { describe, expect, test } from 'vitest';
import { type Answer, type Played, play, policies } from './play.ts';
import { percentile, timelineOf, totalsOf } from './timeline.ts';

const answer = (cameAt: number, tookMs: number, isAcknowledged = true) =>
  ({ cameAt, tookMs, isAcknowledged }) satisfies Answer;

const played: Played = {
  answers: [
    answer(0, 3),
    answer(500, 1),
    answer(999, 2),
    answer(1000, 0, false),
    answer(2500, 40),
    answer(2600, 9, false),
  ],
  sights: [
    { at: 1000, pending: 3, waiting: 0, stored: 0 },
    { at: 2000, pending: 7, waiting: 2, stored: 0 },
    { at: 3000, pending: 6, waiting: 4, stored: 1 },
    { at: 4000, pending: 3, waiting: 1, stored: 4 },
    { at: 5000, pending: 2, waiting: 0, stored: 5 },
  ],
  stored: 5,
};

test('a second has the times of those who came in it', () => {
  expect(timelineOf(played)).toEqual({
    pending: [3, 7, 6, 3, 2],
    waiting: [0, 2, 4, 1, 0],
    p50: [2, undefined, 40, undefined, undefined],
    p99: [3, undefined, 40, undefined, undefined],
    refused: [0, 1, 1, 0, 0],
  });
});

test('totals are of the stall, the most, and the way back', () => {
  const stage = {
    writesPerSecond: 3,
    calmMs: 1000,
    stallMs: 2000,
    endMs: 5000,
  };
  expect(totalsOf(played, stage)).toEqual({
    atRisk: 7,
    inMemory: 10,
    p99: 40,
    refused: 2,
    recovery: 2000,
    waitingInTheEnd: 0,
  });
  const sights = played.sights.slice(0, 4);
  expect(totalsOf({ ...played, sights }, stage)).toMatchObject({
    recovery: Infinity,
    waitingInTheEnd: 1,
  });
});

test('a percentile is one of the values', () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(percentile(values, 50)).toBe(100);
  expect(percentile(values, 99)).toBe(198);
  expect(percentile([7], 99)).toBe(7);
  expect(percentile([], 99)).toBeUndefined();
});

describe('what the page draws', () => {
  test('is what comes out now', async () => {
    const drawn: Record<string, Record<string, string>> = {};
    for (const [name, policy] of Object.entries(policies)) {
      const series = Object.entries(timelineOf(await play(policy)));
      drawn[name] = Object.fromEntries(
        series.map(([what, values]) => [what, inWords(values)]),
      );
    }
    const text = `${JSON.stringify(drawn, undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot('timelines.json');
  });
});

/** Words are shorter than an array with a number a line. */
function inWords(values: readonly (number | undefined)[]): string {
  return values.map((value) => value ?? '-').join(' ');
}
