import { expect, test } from 'vitest';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { fartherAway } from './farther-away.ts';

test('it is the same cache, later', async () => {
  const clock = new VirtualClock();
  const cache = new InMemoryCache<string, string>({ clock });
  const far = fartherAway(cache, clock, 10);
  await clock.until(far.put('lamp', { value: '$49', version: 2 }, 1000));
  await clock.until(far.offer('lamp', { value: '$39', version: 1 }, 1000));
  expect(clock.now()).toBe(20);
  const found = await clock.until(far.get('lamp'));
  expect(found).toEqual({ value: '$49', version: 2 });
  await clock.until(far.remove('lamp'));
  expect(clock.now()).toBe(40);
  expect(cache.peek('lamp')).toBeUndefined();
});
