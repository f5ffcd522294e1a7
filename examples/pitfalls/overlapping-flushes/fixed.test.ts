import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';
import { UnevenStore } from './uneven-store.ts';

function setUp(...writeMs: readonly number[]) {
  const clock = new VirtualClock();
  const store = new UnevenStore<number>({ writeMs, clock });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  return { clock, store, cache };
}

test('P4 and P2 are kept: a flush waits for the one before it', async () => {
  const { clock, store, cache } = setUp(1500, 100);
  await cache.set('/home', 42);

  await clock.advance(1000);
  await cache.set('/home', 43);
  await clock.advance(1000);
  expect(store.underWay).toBe(1);
  await clock.advance(60_000);

  expect(await cache.get('/home')).toBe(43);
  expect(store.peek('/home')).toBe(43);
});

test('an operation is sent once', async () => {
  const { clock, store, cache } = setUp(1500);
  await cache.set('/home', 42);
  await clock.advance(3000);
  expect(store.counts().rows).toBe(1);
});

test('P4 is kept where a caller flushes between two ticks', async () => {
  const { clock, store, cache } = setUp(1500, 100);
  await cache.set('/home', 42);
  await clock.advance(1000);
  await cache.set('/home', 43);

  const flushed = cache.flush();
  expect(store.underWay).toBe(1);
  await clock.until(flushed);

  expect(store.peek('/home')).toBe(43);
  expect(clock.now()).toBe(2600);
});

test('P4 is kept where the cache is closed during a flush', async () => {
  const { clock, store, cache } = setUp(1500, 100);
  await cache.set('/home', 42);
  await clock.advance(1000);
  await cache.set('/home', 43);
  await clock.until(cache.close());
  expect(store.peek('/home')).toBe(43);
  expect(store.underWay).toBe(0);
});

test('a flush that fails tells its caller, and the next one goes', async () => {
  const { clock, store, cache } = setUp(100, 100);
  await cache.set('/home', 42);
  store.failNextWrites(new Error('connection reset'));
  const failing = expect(cache.flush()).rejects.toThrow('connection reset');
  const next = cache.flush();
  await clock.until(next);
  await failing;
  expect(store.peek('/home')).toBe(42);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
