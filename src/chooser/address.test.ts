import { expect, test } from 'vitest';
import { completions } from '../../examples/start/choosing/choose.ts';
import { answersIn, searchWith } from './address.ts';

test('an address gives the answers that it was made of', () => {
  for (const answers of [{}, { reads: 'soon' } as const, ...completions({})])
    expect(answersIn(searchWith('', answers))).toEqual(answers);
});

test('an address can be read by people', () => {
  const answers = { loss: 'none', readers: 'at-once' } as const;
  expect(searchWith('', answers)).toBe('?loss=none&readers=at-once');
});

test('the order of the address is that of the questions', () => {
  const late = searchWith('?kept=row', { kept: 'row', loss: 'seconds' });
  expect(late).toBe('?loss=seconds&kept=row');
});

test('an address from when there were six questions keeps its answers', () => {
  expect(
    answersIn('?loss=none&outage=fail&writes=few&readers=later&reads=soon'),
  ).toEqual({
    loss: 'none',
    outage: 'fail',
    writes: 'few',
    readers: 'later',
    reads: 'soon',
  });
});

test('an address without answers is empty', () => {
  expect(searchWith('?loss=none', {})).toBe('');
});

test('what is no answer is ignored', () => {
  expect(
    answersIn('?loss=everything&outage=&colour=red&reads=Soon&kept=row'),
  ).toEqual({ kept: 'row' });
});

test('names that every object has are no answers', () => {
  expect(answersIn('?toString=row&loss=constructor&__proto__=none')).toEqual(
    {},
  );
});

test('of two answers to a question the first one counts', () => {
  expect(answersIn('?loss=none&loss=seconds')).toEqual({ loss: 'none' });
});

test('what else stands in the address stays there', () => {
  expect(searchWith('?from=mail&loss=none', { kept: 'row' })).toBe(
    '?from=mail&kept=row',
  );
});

test('an answer that was invalid leaves with the next change', () => {
  expect(searchWith('?loss=everything', { kept: 'row' })).toBe('?kept=row');
});
