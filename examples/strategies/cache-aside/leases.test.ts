import { expect, test } from 'vitest';
import { haruka } from '../../shared/user.ts';
import { Leases } from './leases.ts';
import { death, early, late, restart, setUp } from './races.ts';

test('a write ends the lease of a late reader', async () => {
  expect(await early(Leases)).toBe('fresh');
  expect(await late(Leases)).toBe('fresh');
});

test('a cache that restarts knows no leases from before', async () => {
  expect(await restart(Leases)).toBe('fresh');
});

test('a process that dies after its commit ends no lease', async () => {
  expect(await death(Leases)).toBe('stale');
});

test('of two readers one fills, and neither waits for the other', async () => {
  const { clock, cache, process } = setUp(Leases);
  const readers = [process(), process()].map((form) => form.get('haruka'));
  expect(await clock.until(Promise.all(readers))).toEqual([haruka, haruka]);
  expect(clock.now()).toBe(7);
  expect(cache.counts().sets).toBe(1);
});
