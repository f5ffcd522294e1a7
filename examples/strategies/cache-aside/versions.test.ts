import { expect, test } from 'vitest';
import { haruka } from '../../shared/user.ts';
import { death, early, late, restart, setUp } from './races.ts';
import { Versions } from './versions.ts';

test('a late reader loses against the newer row', async () => {
  expect(await early(Versions)).toBe('fresh');
  expect(await late(Versions)).toBe('fresh');
});

test('without the newer row there is nothing to lose against', async () => {
  expect(await restart(Versions)).toBe('stale');
});

test('a process that dies after its commit offers nothing', async () => {
  expect(await death(Versions)).toBe('stale');
});

test('a write caches what nobody has asked for', async () => {
  const { clock, cache, process } = setUp(Versions);
  await clock.until(process().set('haruka', haruka));
  expect(cache.peek('haruka')).toEqual({ value: haruka, version: 1 });
});
