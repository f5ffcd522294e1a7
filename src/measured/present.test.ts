import { describe, expect, test } from 'vitest';
import type { FigureResult } from '../../examples/bench/harness/figure.ts';
import { presentConditions, presentFigure } from './present.ts';
import { results } from './temporary-results.ts';

const ratio: FigureResult = {
  is: 'a ratio',
  unit: 'ratio',
  value: 1.847,
  spread: { from: 1.712, to: 2.04 },
  rounds: 1234,
};

describe('a figure', () => {
  test('is written as its language writes numbers', () => {
    expect(presentFigure(ratio, 'en')).toEqual({
      value: '1.8',
      unit: 'ratio',
      from: '1.7',
      to: '2',
      rounds: '1,234',
    });
    expect(presentFigure(ratio, 'vi')).toMatchObject({
      value: '1,8',
      rounds: '1.234',
    });
    expect(presentFigure(ratio, 'ja')).toMatchObject({ value: '1.8' });
  });

  test.each([
    [0.0416, '0.042'],
    [0.2, '0.2'],
    [12.34, '12'],
    [27_073, '27,000'],
  ])('says no more than two digits of the ratio %d', (value, shown) => {
    expect(presentFigure({ ...ratio, value }, 'en').value).toBe(shown);
  });

  test('says three digits of a number of bytes', () => {
    const bytes: FigureResult = { ...ratio, unit: 'bytes', value: 212.71 };
    expect(presentFigure(bytes, 'en')).toMatchObject({
      value: '213',
      unit: 'bytes',
    });
  });
});

describe('the conditions', () => {
  test.each([
    ['en', '1 March 2026'],
    ['vi', '1 tháng 3, 2026'],
    ['ja', '2026年3月1日'],
  ])(
    'have the date as %s writes it, wherever the build runs',
    (locale, date) => {
      expect(presentConditions(results, locale)).toEqual({
        date,
        processor: 'A processor',
        cores: '2',
        memoryGB: '24',
        os: 'Linux x64',
        node: '20.20.2',
      });
    },
  );
});
