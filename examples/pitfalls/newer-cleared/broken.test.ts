import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P2 and P3 are broken: a change during a flush is lost', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({ clock, writeMs: 300 });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('linh', '/cart');

  await clock.advance(1100);
  await cache.set('linh', '/checkout');
  await clock.advance(60_000);
  await clock.until(cache.flush());

  expect(await cache.get('linh')).toBe('/checkout');
  expect(store.peek('linh')).toBe('/cart');
});
// #endregion reproduction

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
