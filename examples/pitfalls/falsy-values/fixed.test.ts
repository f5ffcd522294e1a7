import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

test('P11 is kept: a zero is a value', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 3]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });

  await cache.set('tea', 0);
  expect(await cache.get('tea')).toBe(0);

  await cache.flush();
  expect(store.peek('tea')).toBe(0);
  expect(await cache.get('tea')).toBe(0);
});

test.each([0, '', false, null])('P11 is kept for %j', async (value) => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, unknown>({ rows: [['key', 'old']] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('key', value);
  expect(await cache.get('key')).toBe(value);
  await cache.close();
  expect(store.entries()).toEqual([['key', value]]);
});

test.each([0, '', false, null])('%j from the store is a hit', async (value) => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, unknown>({ rows: [['key', value]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.get('key');
  expect(await cache.get('key')).toBe(value);
  expect(store.counts().reads).toBe(1);
});

test('a zero that is set while the row is read stays', async () => {
  const clock = new VirtualClock();
  const rows = [['tea', 3]] as const;
  const store = new InMemoryStore<string, number>({ rows, readMs: 5, clock });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  const read = cache.get('tea');
  await cache.set('tea', 0);
  expect(await clock.until(read)).toBe(0);
  expect(await cache.get('tea')).toBe(0);
});

test('P5 is kept by the same question', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 3]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.delete('tea');
  expect(await cache.get('tea')).toBeUndefined();
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
