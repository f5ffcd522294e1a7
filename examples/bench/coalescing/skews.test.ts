import { describe, expect, test } from 'vitest';
import { fieldCount, keyCount, sharesOf, skews, writesOf } from './skews.ts';

const count = 20_000;

describe.each(skews)('$name', (skew) => {
  const shares = sharesOf(skew);
  const writes = writesOf(skew, count);

  test('shares add up to 1, and fall with the rank by its exponent', () => {
    const sum = shares.reduce((total, share) => total + share);
    expect(sum).toBeCloseTo(1, 10);
    expect(shares).toHaveLength(keyCount);
    const [first = 0] = shares;
    expect(first / (shares[99] ?? 0)).toBeCloseTo(100 ** skew.exponent, 6);
  });

  test('keys come as often as their shares say', () => {
    for (const rank of [1, 2, 10]) {
      const key = `product:${rank}`;
      const drawn = writes.filter((write) => write.key === key).length;
      const expected = count * (shares[rank - 1] ?? 0);
      const spread = 5 * Math.sqrt(expected);
      expect(Math.abs(drawn - expected), key).toBeLessThan(spread);
    }
  });

  test('the last key can come, and none that is not there', () => {
    const ranks = writes.map(({ key }) => Number(key.split(':')[1]));
    expect(Math.min(...ranks)).toBe(1);
    expect(Math.max(...ranks)).toBeLessThanOrEqual(keyCount);
    if (skew.exponent === 0) expect(Math.max(...ranks)).toBe(keyCount);
  });

  test('each field of a row is changed', () => {
    const fields = new Set(writes.map(({ field }) => field));
    expect([...fields].sort()).toEqual(
      Array.from({ length: fieldCount }, (_, index) => index + 1),
    );
  });

  test('the writes are the same each time', () => {
    expect(writesOf(skew, count)).toEqual(writes);
  });
});
