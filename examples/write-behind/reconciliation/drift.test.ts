import { describe, expect, test } from 'vitest';
import type { Row } from '../../shared/table.ts';
import { type Drift, driftKindOf, newestWins } from './drift.ts';

const a: Row<string> = { value: 'a', version: 1 };
const b: Row<string> = { value: 'b', version: 2 };
const deleted: Row<string> = { value: undefined, version: 3 };

const kindOf = (cache?: Row<string>, store?: Row<string>) =>
  driftKindOf({ cache, store }, Object.is);

test.each([
  ['value-differs', a, b],
  ['missing-in-store', a, undefined],
  ['missing-in-cache', undefined, a],
  ['deleted-in-store', a, deleted],
  ['deleted-in-cache', deleted, a],
])('%s', (kind, cache, store) => {
  expect(kindOf(cache, store)).toBe(kind);
});

describe('is no drift', () => {
  test.each([
    ['the same value under another version', a, { ...a, version: 9 }],
    ['deleted here and unknown there', deleted, undefined],
    ['unknown here and deleted there', undefined, deleted],
    ['deleted in both', deleted, { ...deleted, version: 9 }],
  ])('%s', (_, cache, store) => {
    expect(kindOf(cache, store)).toBeUndefined();
  });

  test.each([0, '', false, null])('a value like %j on both sides', (value) => {
    const row = { value, version: 1 };
    const pair = { cache: row, store: { ...row } };
    expect(driftKindOf<unknown>(pair, Object.is)).toBeUndefined();
  });
});

test.each([0, '', false, null])('%j is a value, and not a delete', (value) => {
  const pair = { cache: { value, version: 1 }, store: undefined };
  expect(driftKindOf<unknown>(pair, Object.is)).toBe('missing-in-store');
});

describe('of two rows the newest wins', () => {
  test.each([
    ['store', a, b],
    ['cache', deleted, b],
    ['cache', a, undefined],
    ['store', undefined, { ...a, version: 0 }],
    [undefined, a, { value: 'c', version: 1 }],
  ])('%s', (side, cache, store) => {
    const drift: Drift<string> = {
      ...{ key: 'key', kind: 'value-differs' },
      ...{ cache, store },
    };
    expect(newestWins(drift)).toBe(side);
  });
});
