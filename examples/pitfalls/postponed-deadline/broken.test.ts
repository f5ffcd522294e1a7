import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P6 is broken: a page with many views is never saved', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>();
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });

  await cache.set('/about', 1);
  for (let views = 1; views <= 1000; views++) {
    await cache.set('/home', views);
    await clock.advance(999);
  }

  expect(await cache.get('/home')).toBe(1000);
  expect(store.counts().writes).toBe(0);
});
// #endregion reproduction

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
