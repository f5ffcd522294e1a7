import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

test('P3 is kept: a batch that failed goes with the next flush', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>();
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('/home', 42);

  store.failNextWrites(new Error('connection reset'));
  await clock.advance(1000);
  expect(store.peek('/home')).toBeUndefined();
  expect(cache.failed).toBe(1);
  await cache.flush();

  expect(store.peek('/home')).toBe(42);
});

test('a flush that fails says so to whoever asked for it', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>();
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('/home', 42);
  store.failNextWrites(new Error('connection reset'));
  await expect(cache.flush()).rejects.toThrow('connection reset');
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
