import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P3 is broken: a batch that failed once is gone for ever', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>();
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('/home', 42);

  store.failNextWrites(new Error('connection reset'));
  await clock.advance(1000);
  await cache.flush();

  expect(await cache.get('/home')).toBe(42);
  expect(store.peek('/home')).toBeUndefined();
  expect(cache.failed).toBe(0);
});
// #endregion reproduction

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
