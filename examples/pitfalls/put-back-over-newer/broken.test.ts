import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P2 is broken: a batch that failed replaces a newer value', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ clock, writeMs: 500 });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('kettle', 28);

  store.failNextWrites(new Error('timeout'));
  await clock.advance(1200);
  await cache.set('kettle', 25);
  await clock.advance(300);
  await clock.until(cache.flush());

  expect(await cache.get('kettle')).toBe(25);
  expect(store.peek('kettle')).toBe(28);
});
// #endregion reproduction

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
