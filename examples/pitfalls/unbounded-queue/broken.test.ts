import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P7 is broken: while the store hangs, the queue grows', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>();
  const options = { store, clock, maxDelayMs: 1000, maxPending: 100 };
  const cache = new BrokenCache(options);

  store.hang();
  for (let n = 1; n <= 10_000; n++) {
    await cache.set(`session-${n}`, 'linh');
  }

  expect(cache.pending).toBe(10_000);
});
// #endregion reproduction

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
