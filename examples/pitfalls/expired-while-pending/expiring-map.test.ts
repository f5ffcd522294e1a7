import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { ExpiringMap } from './expiring-map.ts';

function setUp(maxEntries: number) {
  const clock = new VirtualClock();
  const map = new ExpiringMap<number>({ maxEntries, clock });
  return { clock, map };
}

test('an entry is kept for a minute', async () => {
  const { clock, map } = setUp(10);
  map.set('tea', 5);
  await clock.advance(59_999);
  expect(map.get('tea')).toBe(5);
  await clock.advance(1);
  expect(map.get('tea')).toBeUndefined();
});

test('an entry that is set again gets another minute', async () => {
  const { clock, map } = setUp(10);
  map.set('tea', 5);
  await clock.advance(30_000);
  map.set('tea', 4);
  await clock.advance(59_999);
  expect(map.get('tea')).toBe(4);
});

test('the entry that was set first makes room', () => {
  const { map } = setUp(2);
  map.set('tea', 5);
  map.set('cup', 8);
  map.set('tea', 4);
  map.set('pot', 1);
  expect(map.get('cup')).toBeUndefined();
  expect([map.get('tea'), map.get('pot')]).toEqual([4, 1]);
});

test('what is deleted is gone', () => {
  const { map } = setUp(10);
  map.set('tea', 5);
  map.delete('tea');
  expect(map.get('tea')).toBeUndefined();
});
