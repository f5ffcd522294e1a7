import { describe, expect, test } from 'vitest';
import { kinds } from '../../bench/memory/kinds.ts';
import results from '../../bench/results/memory.json' with { type: 'json' };
import { estimateBytes } from './estimate-bytes.ts';

const key = 'user:4711';
const tolerance = 0.15;

describe('the estimate is near to what was measured', () => {
  test.each(Object.entries(kinds))('of %s', (kind, { make }) => {
    const figures: Readonly<Record<string, { value: number }>> =
      results.figures;
    const measured = figures[`bytes/alone/${kind}`]?.value ?? 0;
    const estimate = estimateBytes(key) + estimateBytes(make(4711));
    expect(estimate / measured).toBeGreaterThan(1 - tolerance);
    expect(estimate / measured).toBeLessThan(1 + tolerance);
  });
});

test.each([
  { what: 'nothing', value: undefined, bytes: 0 },
  { what: 'no value', value: null, bytes: 0 },
  { what: 'a truth', value: false, bytes: 0 },
  { what: 'a bigint', value: 1n, bytes: 24 },
  { what: 'a small whole number', value: -4711, bytes: 0 },
  { what: 'a large number', value: 2 ** 31, bytes: 16 },
  { what: 'a fraction', value: 0.5, bytes: 16 },
  { what: 'an empty string', value: '', bytes: 16 },
  { what: 'Latin letters', value: 'Straße', bytes: 24 },
  { what: 'letters of two bytes', value: 'Tiếng', bytes: 32 },
  { what: 'an array', value: [1, 2], bytes: 64 },
  { what: 'a set', value: new Set(['tea']), bytes: 200 },
  { what: 'a map', value: new Map([['tea', 'cup']]), bytes: 240 },
  { what: 'a part', value: new Uint8Array(8).subarray(4), bytes: 204 },
  { what: 'a bare buffer', value: new ArrayBuffer(8), bytes: 208 },
])('$what takes $bytes bytes', ({ value, bytes }) => {
  expect(estimateBytes(value)).toBe(bytes);
});

test('an object that is there twice counts once', () => {
  const tea = { name: 'tea' };
  const once = estimateBytes([tea, undefined]);
  expect(estimateBytes([tea, tea])).toBe(once);
});

test('an object that contains itself has an estimate', () => {
  const tea: { self?: unknown } = {};
  tea.self = tea;
  expect(estimateBytes(tea)).toBe(56);
});

test('a value may be as long or as deep as memory allows', () => {
  const long = Array.from({ length: 200_000 }, () => null);
  expect(estimateBytes(long)).toBeGreaterThan(1_600_000);
  let deep: unknown = null;
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  expect(estimateBytes(deep)).toBe(5_600_000);
});
