import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lamp, type Product } from '../../shared/product.ts';
import { isSameRow, mergeRows, type Sides } from './merge-rows.ts';

/** A lamp that was 4900 cents, and what both sides have made of it. */
function merge(mine: Partial<Product>, theirs: Partial<Product>) {
  return mergeRows({
    before: [lamp],
    mine: { ...lamp, ...mine },
    theirs: { ...lamp, ...theirs },
  });
}

describe('where both have changed a row', () => {
  test('other fields are merged, and nothing is contested', () => {
    const both = { ...lamp, cents: 4500, name: 'Black lamp' };
    expect(merge({ cents: 4500 }, { name: 'Black lamp' })).toEqual({
      isContested: false,
      fields: [],
      withMine: both,
      withTheirs: both,
    });
  });

  test('only the same field is contested, and the others are merged', () => {
    expect(
      merge(
        { cents: 4500, name: 'Black lamp' },
        { cents: 4700, category: 'desks' },
      ),
    ).toEqual({
      isContested: true,
      fields: ['cents'],
      withMine: { ...lamp, cents: 4500, name: 'Black lamp', category: 'desks' },
      withTheirs: {
        ...{ ...lamp, cents: 4700 },
        ...{ name: 'Black lamp', category: 'desks' },
      },
    });
  });

  test('to the same, nothing is contested', () => {
    expect(merge({ cents: 4500 }, { cents: 4500 })).toMatchObject({
      isContested: false,
      withMine: { cents: 4500 },
    });
  });
});

test('zero, nothing and false are values', () => {
  const before = { count: 1, name: 'a', isSold: true, note: 'b' };
  const mine = { count: 0, name: '', isSold: false, note: null };
  const { withTheirs } = mergeRows<object>({
    before: [before],
    mine,
    theirs: { ...before },
  });
  expect(withTheirs).toEqual(mine);
});

test('a field that is removed stays removed, on either side', () => {
  type Fields = Partial<Record<string, number>>;
  const before: readonly Fields[] = [{ a: 1, b: 1, c: 1 }];
  const { withMine, withTheirs } = mergeRows<Fields>({
    before,
    mine: { b: 1, c: 1 },
    theirs: { a: 1, c: 1 },
  });
  expect(withMine).toStrictEqual({ c: 1 });
  expect(withTheirs).toStrictEqual({ c: 1 });
});

describe('a deleted row', () => {
  const changed = { ...lamp, cents: 4500 };

  test.each<[string, Sides<Product>, Product | undefined]>([
    [
      'is deleted where the other side has left it alone',
      { before: [lamp], mine: undefined, theirs: { ...lamp } },
      undefined,
    ],
    [
      'is so for whoever has not changed it',
      { before: [lamp], mine: { ...lamp }, theirs: undefined },
      undefined,
    ],
    [
      'is so where both have deleted it',
      { before: [lamp], mine: undefined, theirs: undefined },
      undefined,
    ],
    [
      'may come again from one side',
      { before: [undefined], mine: changed, theirs: undefined },
      changed,
    ],
  ])('%s', (_, sides, merged) => {
    const { isContested, withMine, withTheirs } = mergeRows(sides);
    expect(isContested).toBe(false);
    expect(withMine).toEqual(merged);
    expect(withTheirs).toEqual(merged);
  });

  test('is contested as a whole where the other side has changed it', () => {
    expect(
      mergeRows<Product>({ before: [lamp], mine: changed, theirs: undefined }),
    ).toEqual({
      isContested: true,
      fields: [],
      withMine: changed,
      withTheirs: undefined,
    });
  });

  test('is contested even if the other side has only added a field', () => {
    const mine: object = { ...lamp, note: 'sale' };
    const { isContested } = mergeRows<object>({
      ...{ before: [lamp], mine, theirs: undefined },
    });
    expect(isContested).toBe(true);
  });
});

describe('where nobody knows which row it was', () => {
  interface Flag {
    readonly isSold: boolean;
  }

  test('what may be an answer to mine is contested', () => {
    const { isContested } = mergeRows<Flag>({
      before: [{ isSold: false }, { isSold: true }],
      mine: { isSold: true },
      theirs: { isSold: false },
    });
    expect(isContested).toBe(true);
  });

  test('what I may have taken back is contested', () => {
    const { isContested } = mergeRows<Flag>({
      before: [{ isSold: false }, { isSold: true }],
      mine: { isSold: false },
      theirs: { isSold: true },
    });
    expect(isContested).toBe(true);
  });
});

test('fields that are objects need a comparison of their own', () => {
  const before = [{ tags: ['new'], cents: 1 }];
  const mine = { tags: ['sale'], cents: 1 };
  const theirs = { tags: ['new'], cents: 2 };
  const sides = { before, mine, theirs };
  expect(mergeRows(sides).fields).toEqual(['tags']);
  expect(mergeRows(sides, isDeepStrictEqual)).toMatchObject({
    isContested: false,
    withTheirs: { tags: ['sale'], cents: 2 },
  });
});

const anyRow = fc.option(
  fc.record({ a: fc.nat(2), b: fc.nat(2), c: fc.nat(2) }, { requiredKeys: [] }),
  { nil: undefined },
);

test('both sides get the same merge, if they trade places', () => {
  fc.assert(
    fc.property(anyRow, anyRow, anyRow, (old, mine, theirs) => {
      const here = mergeRows({ before: [old], mine, theirs });
      const there = mergeRows({ before: [old], mine: theirs, theirs: mine });
      expect(there.isContested).toBe(here.isContested);
      expect(isSameRow(there.withTheirs, here.withMine)).toBe(true);
      expect(isSameRow(there.withMine, here.withTheirs)).toBe(true);
    }),
  );
});

test('what only one side has changed is as that side has it', () => {
  fc.assert(
    fc.property(anyRow, anyRow, (old, changed) => {
      const sides = [
        { before: [old], mine: changed, theirs: old },
        { before: [old], mine: old, theirs: changed },
      ];
      for (const side of sides) {
        const { isContested, withMine } = mergeRows(side);
        expect(isContested).toBe(false);
        expect(isSameRow(withMine, changed)).toBe(true);
      }
    }),
  );
});

test('no row is changed', () => {
  const before = [Object.freeze({ ...lamp })];
  const mine = Object.freeze({ ...lamp, cents: 4500 });
  const theirs = Object.freeze({ ...lamp, name: 'Black lamp' });
  const { withMine } = mergeRows({ before, mine, theirs });
  expect(withMine).toEqual({ ...lamp, cents: 4500, name: 'Black lamp' });
});
