import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { Doubts } from './doubts.ts';

function setUp(maxKeys = 2) {
  const clock = new VirtualClock();
  return { clock, doubts: new Doubts({ clock, ttlMs: 100, maxKeys }) };
}

test('a doubt ends with what was missed, and not with what is older', () => {
  const { doubts } = setUp();
  doubts.add('linh', 2);
  doubts.add('linh', 1);
  doubts.end('linh', 1);
  expect(doubts.has('linh')).toBe(true);
  expect(doubts.has('minh')).toBe(false);
  doubts.end('linh', 2);
  expect(doubts.has('linh')).toBe(false);
});

test('a doubt ends when no entry can be as old any more', async () => {
  const { clock, doubts } = setUp();
  doubts.add('linh', 1);
  await clock.advance(60);
  doubts.add('linh', 2);
  await clock.advance(99);
  expect(doubts.has('linh')).toBe(true);
  await clock.advance(1);
  expect(doubts.has('linh')).toBe(false);
  expect(doubts.keys()).toEqual([]);
});

test('a look at the database ends the doubts that it came after, and no later one', () => {
  const { doubts } = setUp();
  doubts.add('linh', 2);
  const seen = doubts.find('linh');
  doubts.add('linh', 3);
  doubts.settle('linh', seen);
  expect(doubts.has('linh')).toBe(true);
  doubts.settle('linh', doubts.find('linh'));
  expect(doubts.has('linh')).toBe(false);
});

test('too many doubts are a doubt of all, for as long', async () => {
  const { clock, doubts } = setUp();
  for (const key of ['a', 'b', 'c']) doubts.add(key, 1);
  expect(doubts.keys()).toEqual([]);
  expect(doubts.has('anything')).toBe(true);
  doubts.end('a', 1);
  expect(doubts.has('a')).toBe(true);
  await clock.advance(100);
  expect(doubts.has('a')).toBe(false);
});
