import { expect, test } from 'vitest';
import { byNearness } from './nearest.ts';

test('the name with the fewest edits comes first', () => {
  expect(byNearness('flsh', ['accept', 'flush', 'flash'])).toEqual([
    'flash',
    'flush',
    'accept',
  ]);
});

test('a name that contains the wanted one comes before a misspelling', () => {
  expect(
    byNearness('after', ['alter', 'strategies/write-behind/after']),
  ).toEqual(['strategies/write-behind/after', 'alter']);
});

test('nothing is nearest to nothing: the names come in their own order', () => {
  expect(byNearness('', ['b', 'a'])).toEqual(['a', 'b']);
});
