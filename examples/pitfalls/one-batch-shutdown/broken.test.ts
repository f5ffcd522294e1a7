import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P10 is broken: close writes one batch, and leaves the rest', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>();
  const options = { store, clock, maxBatchSize: 2, maxDelayMs: 1000 };
  const cache = new BrokenCache(options);
  await cache.set('linh', 'signed in');
  await cache.set('haruka', 'signed in');
  await cache.set('minh', 'signed in');

  await cache.close();
  await clock.advance(60_000);

  expect(store.peek('haruka')).toBe('signed in');
  expect(store.peek('minh')).toBeUndefined();
});
// #endregion reproduction

test('P10 is broken: close tells nobody what it leaves', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>();
  const options = { store, clock, maxBatchSize: 1, maxDelayMs: 1000 };
  const cache = new BrokenCache(options);
  await cache.set('linh', 'signed in');
  await cache.set('haruka', 'signed in');
  expect(await cache.close()).toBeUndefined();
});

test('a flush that nobody closes writes more than one batch', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>();
  const options = { store, clock, maxBatchSize: 1, maxDelayMs: 1000 };
  const cache = new BrokenCache(options);
  await cache.set('linh', 'signed in');
  await cache.set('haruka', 'signed in');
  await cache.flush();
  expect(store.entries()).toHaveLength(2);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
