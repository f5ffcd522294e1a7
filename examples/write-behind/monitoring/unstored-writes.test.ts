import { expect, test } from 'vitest';
import { UnstoredWrites } from './unstored-writes.ts';

const first = { key: 'home', version: 1 };
const second = { key: 'home', version: 2 };
const third = { key: 'home', version: 3 };

test('a change that comes as an older one leaves is not on its way', () => {
  const unstored = new UnstoredWrites<string>();
  unstored.accept(first, 0);
  unstored.accept(second, 5);
  expect(unstored.setOut(first, 5)).toBe(false);
  unstored.settle(first);
  expect(unstored.oldestAge(10)).toBe(5);
});

test('the end of an older change, heard late, makes none younger', () => {
  const unstored = new UnstoredWrites<string>();
  unstored.accept(first, 0);
  unstored.setOut(first, 0);
  unstored.accept(second, 10);
  unstored.settle(first);
  unstored.setOut(second, 20);
  unstored.accept(third, 30);
  unstored.settle(first);
  expect(unstored.oldestAge(40)).toBe(30);
});

test('what it has never heard of does not matter', () => {
  const unstored = new UnstoredWrites<string>();
  expect(unstored.setOut(first, 0)).toBe(false);
  unstored.settle(first);
  expect(unstored.size).toBe(0);
  expect(unstored.oldestAge(10)).toBe(0);
});
