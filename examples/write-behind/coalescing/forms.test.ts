import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Combine } from './change.ts';
import { addedCounts, lastValue, mergedFields } from './forms.ts';

// #region law
/** To apply both, and to apply what they come to, must be the same. */
function holdsLaw<R, C>(
  combine: Combine<C>,
  apply: (row: R, change: C) => R,
  rows: fc.Arbitrary<R>,
  changes: fc.Arbitrary<C>,
): void {
  fc.assert(
    fc.property(rows, changes, changes, (row, earlier, later) => {
      const oneByOne = apply(apply(row, earlier), later);
      expect(apply(row, combine(earlier, later))).toEqual(oneByOne);
    }),
  );
}
// #endregion law

interface Fields {
  readonly name: string;
  readonly cents: number;
  readonly isSold: boolean;
}

const anyFields = fc.record({
  name: fc.string(),
  cents: fc.integer(),
  isSold: fc.boolean(),
});

const anyPatch = fc.record(
  { name: fc.string(), cents: fc.integer(), isSold: fc.boolean() },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<Fields>>;

const anyCount = fc.integer({ min: -1000, max: 1000 });

describe('the law of coalescing holds for', () => {
  test('last values', () => {
    const anyValue = fc.constantFrom(0, '', false, null, undefined, 'a');
    holdsLaw<unknown, unknown>(
      lastValue,
      (_, value) => value,
      anyValue,
      anyValue,
    );
  });

  test('merged fields', () => {
    const apply = (row: Fields, patch: Partial<Fields>) => ({
      ...row,
      ...patch,
    });
    holdsLaw<Fields, Partial<Fields>>(mergedFields, apply, anyFields, anyPatch);
  });

  test('added counts', () => {
    holdsLaw(addedCounts, (row, count) => row + count, anyCount, anyCount);
  });
});

test('it fails for discounts that are rounded one by one', () => {
  const anyPercent = fc.integer({ min: 1, max: 90 });
  const discount = (cents: number, percent: number) =>
    Math.round((cents * (100 - percent)) / 100);
  const both = (earlier: number, later: number) =>
    100 - ((100 - earlier) * (100 - later)) / 100;
  const anyCents = fc.integer({ min: 0, max: 100_000 });
  expect(() => holdsLaw(both, discount, anyCents, anyPercent)).toThrow(
    'Property failed',
  );
});

test('it fails for patches of which only the last is kept', () => {
  const apply = (row: Fields, patch: Partial<Fields>) => ({ ...row, ...patch });
  expect(() =>
    holdsLaw<Fields, Partial<Fields>>(lastValue, apply, anyFields, anyPatch),
  ).toThrow('Property failed');
});

test('neither change is changed', () => {
  const earlier = Object.freeze({ name: 'Lamp' });
  const later = Object.freeze({ name: 'Desk lamp', cents: 4900 });
  expect(mergedFields<Fields>(earlier, later)).not.toBe(later);
  expect(later).toEqual({ name: 'Desk lamp', cents: 4900 });
});
