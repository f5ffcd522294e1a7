import { describe, expect, test } from 'vitest';
import {
  costRatio,
  type Figure,
  meetsAim,
  rateRatio,
  resultOf,
} from './figure.ts';

const ratio: Figure = {
  is: 'cost of a set, against Map.set',
  unit: 'ratio',
  compares: 'nanoseconds',
  aim: { atMost: 3 },
};

describe('of two costs', () => {
  test('the ratio says how many times the baseline the subject is', () => {
    expect(costRatio(300, 100)).toEqual({
      value: 3,
      subject: 300,
      baseline: 100,
    });
  });

  test('the ratio of their rates is the other way round', () => {
    expect(rateRatio(200, 50)).toEqual({
      value: 0.25,
      subject: 200,
      baseline: 50,
    });
  });
});

describe('a result', () => {
  test('is the median of the rounds, which one bad round cannot move', () => {
    const samples = [
      costRatio(200, 100),
      costRatio(220, 100),
      costRatio(9000, 100),
    ];
    expect(resultOf(ratio, samples)).toEqual({
      ...ratio,
      value: 2.2,
      spread: { from: 2.1, to: 46.1 },
      rounds: 3,
      subject: 220,
      baseline: 100,
    });
  });

  test('takes the ratio of each round, not of the medians', () => {
    const samples = [
      costRatio(100, 100),
      costRatio(400, 200),
      costRatio(300, 100),
    ];
    expect(resultOf(ratio, samples)).toMatchObject({
      value: 2,
      subject: 300,
      baseline: 100,
    });
  });

  test('has four digits', () => {
    const { value, spread } = resultOf(ratio, [costRatio(2, 3)]);
    expect(value).toBe(0.6667);
    expect(spread).toEqual({ from: 0.6667, to: 0.6667 });
  });

  test('has no parts where it compares nothing', () => {
    const figure: Figure = { is: 'bytes of a pending write', unit: 'bytes' };
    expect(resultOf(figure, [{ value: 200 }])).toEqual({
      ...figure,
      value: 200,
      spread: { from: 200, to: 200 },
      rounds: 1,
    });
  });
});

describe('an aim', () => {
  const of = (value: number, aim?: Figure['aim']) =>
    meetsAim(
      resultOf({ is: 'it', unit: 'ratio', ...(aim && { aim }) }, [{ value }]),
    );

  test('of at most 3 is met by 3, and missed by more', () => {
    expect(of(3, { atMost: 3 })).toBe(true);
    expect(of(3.1, { atMost: 3 })).toBe(false);
  });

  test('of at least 0.2 is met by 0.2, and missed by less', () => {
    expect(of(0.2, { atLeast: 0.2 })).toBe(true);
    expect(of(0.19, { atLeast: 0.2 })).toBe(false);
  });

  test('that nobody has is neither met nor missed', () => {
    expect(of(3)).toBeUndefined();
  });
});
