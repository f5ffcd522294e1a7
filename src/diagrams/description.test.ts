import { expect, test } from 'vitest';
import { descriptionOf } from './description.ts';

test('a description may stand in one line', () => {
  const source = 'pie\n  accTitle: Reads\n  accDescr: Most of them hit.';
  expect(descriptionOf(source)).toEqual({
    title: 'Reads',
    description: 'Most of them hit.',
  });
});

test('a description may stand in a block', () => {
  const source =
    'pie\n  accTitle : Reads\n  accDescr {\n    Most of them\n    hit.\n  }';
  expect(descriptionOf(source)).toEqual({
    title: 'Reads',
    description: 'Most of them hit.',
  });
});

test.each([
  ['no title', 'pie\n  accDescr: Most of them hit.'],
  ['no description', 'pie\n  accTitle: Reads'],
  ['an empty title', 'pie\n  accTitle:\n  accDescr: Most of them hit.'],
])('%s is no description', (_, source) => {
  expect(descriptionOf(source)).toBeUndefined();
});
