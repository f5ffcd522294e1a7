import { describe, expect, test } from 'vitest';
import timelines from '../../examples/bench/backpressure/timelines.json';
import { areaPath, linePath, maxOf, parseSeries, sumOf } from './curve.ts';

const frame = { max: 10, height: 50 };

describe('a line', () => {
  test('goes from second to second, the more the higher', () => {
    expect(linePath([0, 5, 10], frame)).toBe('M0 50L1 25L2 0');
  });

  test('leaves out what is as high as both of its neighbours', () => {
    expect(linePath([5, 5, 5, 5, 0], frame)).toBe('M0 25L3 25L4 50');
  });

  test('is broken where there is no number', () => {
    expect(linePath([5, 10, undefined, 0, 10], frame)).toBe(
      'M0 25L1 0M3 50L4 0',
    );
  });

  test('is at the bottom where nothing is above zero', () => {
    expect(linePath([0, 0], { ...frame, max: 0 })).toBe('M0 50L1 50');
  });
});

test('an area goes down to the bottom at both ends', () => {
  expect(areaPath([undefined, 5, 10], frame)).toBe('M1 50L1 25L2 0L2 50Z');
});

test('series are read, added and measured', () => {
  const series = parseSeries('1 - 3');
  expect(series).toEqual([1, undefined, 3]);
  expect(sumOf(series, [1, 2, 3])).toEqual([2, 2, 6]);
  expect(maxOf(series)).toBe(3);
  expect(maxOf([undefined])).toBe(0);
  expect(() => parseSeries('1 NaN')).toThrow('expected numbers, got "NaN"');
});

test('what was simulated are two minutes, in numbers', () => {
  for (const timeline of Object.values(timelines)) {
    for (const series of Object.values(timeline)) {
      expect(parseSeries(series)).toHaveLength(120);
    }
  }
});
