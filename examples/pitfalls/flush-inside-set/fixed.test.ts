import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs: 120, clock });
  const options = { store, clock, maxBatchSize: 3, maxDelayMs: 60_000 };
  return { clock, store, cache: new FixedCache(options) };
}

test('P12 is kept: no caller waits for the store', async () => {
  const { clock, cache } = setUp();
  for (let n = 1; n <= 6; n++) {
    await clock.until(cache.set(`session-${n}`, n));
  }
  expect(clock.now()).toBe(0);
});

test('P3 is kept: a flush that failed says so', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('session-1', 1);
  store.failNextWrites(new Error('server is down'));
  const flush = clock.until(cache.flush());
  await expect(flush).rejects.toThrow('server is down');
  expect(cache.failed).toBe(1);

  await clock.until(cache.flush());
  expect(store.peek('session-1')).toBe(1);
});

test('P12 is kept: while the store hangs, no caller waits', async () => {
  const { clock, store, cache } = setUp();
  store.hang();
  for (let n = 1; n <= 6; n++) {
    await clock.until(cache.set(`session-${n}`, n));
  }
  expect(clock.now()).toBe(0);

  store.recover();
  await clock.until(cache.flush());
  expect(store.entries()).toHaveLength(6);
});

test('a full buffer sets out at once', async () => {
  const { clock, store, cache } = setUp();
  for (const n of [1, 2, 3]) await cache.set(`session-${n}`, n);
  await clock.advance(120);
  expect(store.entries()).toHaveLength(3);
});

test('P3 is kept: what failed in the background is stored later', async () => {
  const { clock, store, cache } = setUp();
  store.failNextWrites(new Error('server is down'));
  for (const n of [1, 2, 3]) await cache.set(`session-${n}`, n);
  await clock.advance(120);
  expect(cache.failed).toBe(3);
  await clock.advance(60_000);
  expect(store.entries()).toHaveLength(3);
});

test('a batch sets out when the one before has arrived', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('session', 1);
  void cache.flush();
  await clock.advance(50);
  await cache.set('session', 2);
  await clock.until(cache.flush());
  expect(clock.now()).toBe(240);
  expect(store.entries()).toEqual([['session', 2]]);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
