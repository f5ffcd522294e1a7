import { describe, expect, test } from 'vitest';
import type {
  FigureResult,
  SimulatedFigure,
  Unit,
} from '../../examples/bench/harness/figure.ts';
import { presentConditions, presentFigure } from './present.ts';
import { results, simulated } from './temporary-results.ts';

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
      rounds: { from: '1.7', to: '2', rounds: '1,234' },
    });
    expect(presentFigure(ratio, 'vi')).toMatchObject({
      value: '1,8',
      rounds: { rounds: '1.234' },
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

  test.each([
    [{ atMost: 3 }, { is: 'atMost', value: '3', isMet: true }],
    [{ atLeast: 20.5 }, { is: 'atLeast', value: '21', isMet: false }],
  ])('says whether it meets its aim of %o', (aim, shown) => {
    expect(presentFigure({ ...ratio, aim }, 'en').aim).toEqual(shown);
  });

  test('says three digits of a number of bytes', () => {
    const bytes: FigureResult = { ...ratio, unit: 'bytes', value: 212.71 };
    expect(presentFigure(bytes, 'en')).toMatchObject({
      value: '213',
      unit: 'bytes',
    });
  });
});

describe('a figure that is simulated', () => {
  const figure = (unit: Unit, value: number): SimulatedFigure => ({
    is: 'it',
    unit,
    value,
  });

  test('has no rounds', () => {
    expect(presentFigure(figure('milliseconds', 374.9), 'en')).toEqual({
      value: '375',
      unit: 'milliseconds',
    });
  });

  test('is a percentage where it is a share, as its language writes it', () => {
    const share = figure('share', 0.2564);
    expect(presentFigure(share, 'en').value).toBe('25.6%');
    expect(presentFigure(share, 'vi').value).toBe('25,6%');
    expect(presentFigure(share, 'ja').value).toBe('25.6%');
  });

  test('is a plain number where it is a count', () => {
    expect(presentFigure(figure('count', 0.00979), 'en').value).toBe('0.0098');
  });
});

describe('the conditions', () => {
  test('are none where figures are simulated', () => {
    expect(presentConditions(simulated, 'en')).toBeUndefined();
  });

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

  test('have the servers beside Node.js', () => {
    const servers = { PostgreSQL: '17.5', Redis: '7.0.15' };
    expect(presentConditions({ ...results, servers }, 'en')).toMatchObject({
      node: '20.20.2, PostgreSQL 17.5, Redis 7.0.15',
    });
  });
});
