import { describe, expect, test } from 'vitest';
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
  expect(byNearness('', ['long', 'b', 'a'])).toEqual(['a', 'b', 'long']);
});

describe('of paths, a part is enough to be near', () => {
  const paths = [
    'pitfalls/lost-batch/broken',
    'pitfalls/lost-batch/fixed',
    'strategies/write-behind/after',
    'strategies/write-behind/before',
    'strategies/write-through/after',
    'strategies/write-through/before',
    'write-behind/coalescing/after',
  ];

  test.each([
    ['strategies/write-behnd/after', ['strategies/write-behind/after']],
    [
      'strategies/write-behind',
      ['strategies/write-behind/after', 'strategies/write-behind/before'],
    ],
    [
      'strategies/write-trough',
      ['strategies/write-through/after', 'strategies/write-through/before'],
    ],
    ['write-behnd/after', ['strategies/write-behind/after']],
    ['coalesing', ['write-behind/coalescing/after']],
    ['brocken', ['pitfalls/lost-batch/broken']],
    ['lost-batch/fixed', ['pitfalls/lost-batch/fixed']],
    [
      'bevore',
      ['strategies/write-behind/before', 'strategies/write-through/before'],
    ],
  ])('for "%s"', (wanted, first) => {
    expect(byNearness(wanted, paths).slice(0, first.length)).toEqual(first);
  });

  test('and none is left out', () => {
    const wanted = 'nothing/like/this/at/all';
    expect(byNearness(wanted, paths).sort()).toEqual(paths);
  });
});
