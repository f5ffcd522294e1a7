import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({ clock, writeMs: 300 });
  const cache = new FixedCache<string>({ store, clock, maxDelayMs: 1000 });
  return { clock, store, cache };
}

test('P2 and P3 are kept: a change during a flush goes next', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('linh', '/cart');

  await clock.advance(1100);
  await cache.set('linh', '/checkout');
  await clock.advance(60_000);
  await clock.until(cache.flush());

  expect(await cache.get('linh')).toBe('/checkout');
  expect(store.peek('linh')).toBe('/checkout');
});

test('P3 is kept where the change is a delete', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('linh', '/cart');
  await clock.advance(1100);
  await cache.delete('linh');
  await clock.advance(200);
  expect(store.peek('linh')).toBe('/cart');
  await clock.until(cache.flush());
  expect(await cache.get('linh')).toBeUndefined();
  expect(store.peek('linh')).toBeUndefined();
});

test('what has not changed since is not written again', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('linh', '/cart');
  await cache.set('haruka', '/home');
  await clock.advance(1100);
  await cache.set('linh', '/checkout');
  await clock.advance(60_000);
  expect(store.counts().rows).toBe(3);
});

test('a key stays dirty when its write fails', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('linh', '/cart');
  store.failNextWrites(new Error('connection reset'));
  await expect(clock.until(cache.flush())).rejects.toThrow('connection reset');
  await clock.until(cache.flush());
  expect(store.peek('linh')).toBe('/cart');
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
