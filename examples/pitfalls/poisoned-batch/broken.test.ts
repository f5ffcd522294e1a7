import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';
import { PriceTable } from './price-table.ts';

// #region reproduction
test('P8 is broken: one bad row keeps all the others out', async () => {
  const clock = new VirtualClock();
  const store = new PriceTable();
  const letters: unknown[] = [];
  const cache = new BrokenCache({
    store,
    clock,
    maxBatchSize: 2,
    maxDelayMs: 1000,
    retry: { attempts: 3, baseDelayMs: 100, maxDelayMs: 1000 },
    onDeadLetter: (letter) => void letters.push(letter),
  });
  await cache.set('tea', 120);
  await cache.set('coffee', -10);
  await cache.set('rice', 90);

  await clock.advance(60_000);

  expect(store.entries()).toEqual([]);
  expect(store.rolledBack).toBe(60);
  expect(letters).toEqual([]);
});
// #endregion reproduction

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
