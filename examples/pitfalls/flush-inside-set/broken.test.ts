import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs: 120, clock });
  const options = { store, clock, maxBatchSize: 3, maxDelayMs: 60_000 };
  return { clock, store, cache: new BrokenCache(options) };
}

// #region reproduction
test('P12 is broken: every third caller waits for the store', async () => {
  const { clock, cache } = setUp();
  const waited: number[] = [];
  for (let n = 1; n <= 6; n++) {
    const begin = clock.now();
    await clock.until(cache.set(`session-${n}`, n));
    waited.push(clock.now() - begin);
  }
  expect(waited).toEqual([0, 0, 120, 0, 0, 120]);
});

test('P3 is broken: a flush that failed says all is well', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('session-1', 1);
  store.failNextWrites(new Error('server is down'));
  await clock.until(cache.flush());
  expect(store.peek('session-1')).toBeUndefined();
});
// #endregion reproduction

test('P12 is broken: while the store hangs, all callers wait', async () => {
  const { clock, store, cache } = setUp();
  store.hang();
  const acknowledged: number[] = [];
  for (const n of [1, 2, 3, 4, 5]) {
    void cache.set(`session-${n}`, n).then(() => acknowledged.push(n));
  }
  await clock.advance(600_000);
  expect(acknowledged).toEqual([1, 2]);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
