import { expect, test } from 'vitest';
import { expectDelay, expectName, expectSize } from './expect-option.ts';

test.each([1, 2, Number.MAX_SAFE_INTEGER])('%d is a size', (value) => {
  expect(() => expectSize('maxEntries', value)).not.toThrow();
});

test.each([0, -1, 1.5, Number.NaN, Infinity])('%d is no size', (value) => {
  expect(() => expectSize('maxEntries', value)).toThrow(
    new RangeError(`maxEntries: expected a whole number above 0, got ${value}`),
  );
});

test.each([0, 0.5, 2 ** 31 - 1])('%d is a delay', (value) => {
  expect(() => expectDelay('ttlMs', value)).not.toThrow();
});

test.each([-1, Number.NaN, 2 ** 31, Infinity])('%d is no delay', (value) => {
  expect(() => expectDelay('ttlMs', value)).toThrow(
    new RangeError(
      `ttlMs: expected milliseconds from 0 to 2147483647, got ${value}`,
    ),
  );
});

test('a number in quotes is no size', () => {
  const text = '10' as unknown as number;
  expect(() => expectSize('maxEntries', text)).toThrow('got 10');
});

test('any text is a name, but not an empty one', () => {
  expect(() => expectName('topic', 'readings')).not.toThrow();
  expect(() => expectName('topic', '')).toThrow(
    new RangeError("topic: expected a name, got ''"),
  );
});

test('what is missing is no name', () => {
  const missing = undefined as unknown as string;
  expect(() => expectName('topic', missing)).toThrow('got undefined');
});
