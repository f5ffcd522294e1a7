import { expect, test } from 'vitest';
import { abridged } from './story.ts';

function flushes(count: number): string[] {
  return Array.from({ length: count }, (_, index) => [
    `${index * 20} ms  store.write []`.padStart(25),
    `${index * 20 + 20} ms  store.write [] ends`.padStart(30),
  ]).flat();
}

test('what happens again and again is told once', () => {
  const [begin = '', end = ''] = flushes(1);
  expect(abridged([...flushes(500), ' 10050 ms  flush ends'])).toEqual([
    begin,
    end,
    '        …  more of the same, until 10000 ms',
    ' 10050 ms  flush ends',
  ]);
  expect(abridged(flushes(500))).toHaveLength(3);
});

test('what happens three times is told each time', () => {
  const story = Array.from({ length: 4 }, (_, ms) => `     ${ms} ms  !! P6`);
  expect(abridged(story)).toEqual(story);
  expect(abridged([...story, '     4 ms  !! P6'])).toHaveLength(2);
});

test('what happens between other things is told each time', () => {
  const story = ['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c'];
  const lines = story.map((key, ms) => `     ${ms} ms  get ${key}`);
  expect(abridged(lines)).toEqual(lines);
});
