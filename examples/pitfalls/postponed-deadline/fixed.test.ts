import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

function setUp(writeMs = 0) {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs, clock });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  return { clock, store, cache };
}

test('P6 is kept: a page with many views is saved in time', async () => {
  const { clock, store, cache } = setUp();

  await cache.set('/about', 1);
  for (let views = 1; views <= 1000; views++) {
    await cache.set('/home', views);
    await clock.advance(999);
    expect(store.peek('/home') ?? 0).toBeGreaterThanOrEqual(views - 1);
  }

  expect(store.peek('/about')).toBe(1);
  expect(store.counts().writes).toBe(500);
});

test('P6 is kept: the last write needs no other to follow it', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('/home', 1);
  await clock.advance(1000);
  expect(store.peek('/home')).toBe(1);
  expect(clock.isIdle).toBe(true);
});

test('P6 is kept: no page waits for another whose write hangs', async () => {
  const { clock, store, cache } = setUp();
  store.hang();
  await cache.set('/home', 1);
  await clock.advance(1000);
  await cache.set('/home', 2);
  await cache.set('/about', 1);
  await clock.advance(1000);
  expect(store.counts().writes).toBe(2);

  store.recover();
  await clock.advance(1000);
  expect(store.entries()).toEqual([
    ['/home', 2],
    ['/about', 1],
  ]);
});

test('a page that waits behind its own write is part of a flush', async () => {
  const { clock, store, cache } = setUp(1500);
  await cache.set('/home', 1);
  await clock.advance(1000);
  await cache.set('/home', 2);
  await clock.until(cache.flush());
  expect(clock.now()).toBe(4000);
  expect(store.peek('/home')).toBe(2);
});

test('what fails is tried again, and a flush tells of it', async () => {
  const { clock, store, cache } = setUp();
  store.failNextWrites(new Error('connection reset'), new Error('timeout'));
  await cache.set('/home', 1);
  await clock.advance(1000);
  await expect(cache.flush()).rejects.toThrow('timeout');
  await clock.advance(1000);
  expect(store.peek('/home')).toBe(1);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
