import { describe, expect, test } from 'vitest';
import { median, spread } from './statistics.ts';

describe('the median', () => {
  test('is the sample in the middle, in whatever order they come', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  test('is half way between the two in the middle', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  test('of one sample is that sample', () => {
    expect(median([7])).toBe(7);
  });

  test('compares numbers, not their digits', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  test('leaves the samples in their order', () => {
    const samples = [3, 1, 2];
    median(samples);
    expect(samples).toEqual([3, 1, 2]);
  });

  test('of nothing is an error', () => {
    expect(() => median([])).toThrow('there are no samples');
  });
});

describe('the spread', () => {
  test('holds the middle half of the samples', () => {
    expect(spread([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ from: 3, to: 7 });
  });

  test('does not follow a round that somebody disturbed', () => {
    expect(spread([1, 1, 1, 1, 1, 1, 1, 1, 500])).toEqual({ from: 1, to: 1 });
  });

  test('begins and ends between samples where it must', () => {
    expect(spread([0, 10])).toEqual({ from: 2.5, to: 7.5 });
  });
});
