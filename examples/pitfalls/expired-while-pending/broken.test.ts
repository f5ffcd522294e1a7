import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

const limits = { maxDelayMs: 1000, maxPending: 10, maxEntries: 10 };

// #region reproduction
test('P1 is broken: an entry expires before it is stored', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 5]] });
  const cache = new BrokenCache({ store, clock, ...limits });
  store.breakKey('tea', new Error('the row is locked'));

  await cache.set('tea', 4);
  await clock.advance(60_000);
  expect(await cache.get('tea')).toBe(5);

  store.mendKey('tea');
  await cache.flush();
  expect(store.peek('tea')).toBe(4);
  expect(await cache.get('tea')).toBe(5);
});
// #endregion reproduction

// #region eviction
test('P7 is broken: reads drive out an entry that is not stored', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 5]] });
  const cache = new BrokenCache({ store, clock, ...limits });

  await cache.set('tea', 4);
  for (let id = 1; id <= 10; id++) await cache.get(`product ${id}`);
  expect(await cache.get('tea')).toBe(5);
});
// #endregion eviction

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
