import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';
import { UnevenStore } from './uneven-store.ts';

// #region reproduction
test('P4 and P2 are broken: two flushes race, the older wins', async () => {
  const clock = new VirtualClock();
  const writeMs = [1500, 100];
  const store = new UnevenStore<number>({ writeMs, clock });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('/home', 42);

  await clock.advance(1000);
  await cache.set('/home', 43);
  await clock.advance(1000);
  expect(store.underWay).toBe(2);
  await clock.advance(60_000);

  expect(await cache.get('/home')).toBe(43);
  expect(store.peek('/home')).toBe(42);
});
// #endregion reproduction

test('P4 is broken: an operation is sent twice at a time', async () => {
  const clock = new VirtualClock();
  const store = new UnevenStore<number>({ writeMs: [1500], clock });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('/home', 42);
  await clock.advance(3000);
  expect(store.counts().rows).toBe(2);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
