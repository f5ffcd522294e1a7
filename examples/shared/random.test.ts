import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';

function draw<T>(count: number, next: () => T): T[] {
  return Array.from({ length: count }, next);
}

describe('what a history leaves to chance', () => {
  test('is the same for the same seed, and another for another', () => {
    const numbers = (seed: number) => {
      const random = new Random(seed);
      return draw(10, () => random.between(0, 1000));
    };
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
  });

  test('lies between its bounds, both included', () => {
    const random = new Random(1);
    const numbers = draw(500, () => random.between(2, 4));
    expect(new Set(numbers)).toEqual(new Set([2, 3, 4]));
    for (const fraction of draw(500, () => random.fraction())) {
      expect(fraction).toBeGreaterThanOrEqual(0);
      expect(fraction).toBeLessThan(1);
    }
  });

  test('comes as often as its weight says', () => {
    const random = new Random(1);
    const chosen = draw(1000, () =>
      random.weighted([
        [9, 'often'],
        [1, 'seldom'],
        [0, 'never'],
      ]),
    );
    const seldom = chosen.filter((item) => item === 'seldom').length;
    expect(seldom).toBeGreaterThan(50);
    expect(seldom).toBeLessThan(200);
    expect(chosen).not.toContain('never');
  });

  test('picks one of what there is, and never from nothing', () => {
    const random = new Random(1);
    const picked = draw(100, () => random.pick(['a', 'b']));
    expect(new Set(picked)).toEqual(new Set(['a', 'b']));
    expect(() => random.pick([])).toThrow('something to choose from');
  });

  test('takes some, none or all', () => {
    const random = new Random(1);
    const sizes = draw(100, () => random.some(['a', 'b']).length);
    expect(new Set(sizes)).toEqual(new Set([0, 1, 2]));
  });

  test('happens so many times in a hundred', () => {
    const random = new Random(1);
    expect(draw(100, () => random.chance(0))).not.toContain(true);
    expect(draw(100, () => random.chance(100))).not.toContain(false);
  });
});
