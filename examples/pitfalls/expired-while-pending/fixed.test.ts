import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

const limits = { maxDelayMs: 1000, maxPending: 10, maxEntries: 10 };

test('P1 is kept: an entry outlives its time while it is pending', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 5]] });
  const cache = new FixedCache({ store, clock, ...limits });
  store.breakKey('tea', new Error('the row is locked'));

  await cache.set('tea', 4);
  await clock.advance(60_000);
  expect(await cache.get('tea')).toBe(4);

  store.mendKey('tea');
  await cache.flush();
  expect(store.peek('tea')).toBe(4);
  expect(await cache.get('tea')).toBe(4);
});

test('P7 is kept: reads cannot drive out what is not stored', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 5]] });
  const cache = new FixedCache({ store, clock, ...limits });

  await cache.set('tea', 4);
  for (let id = 1; id <= 10; id++) await cache.get(`product ${id}`);
  expect(await cache.get('tea')).toBe(4);
});

test('P7 is kept: a write waits for room in the queue', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const cache = new FixedCache({ store, clock, ...limits, maxPending: 1 });
  await cache.set('tea', 4);
  await cache.set('tea', 3);
  const waits = cache.set('cup', 8);
  expect(await cache.get('cup')).toBeUndefined();
  await clock.until(waits);
  expect(clock.now()).toBe(20);
  expect(store.entries()).toEqual([['tea', 3]]);
  expect(await cache.get('cup')).toBe(8);
});

test('a pending delete outlives its entry as well', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 5]] });
  const cache = new FixedCache({ store, clock, ...limits });
  store.breakKey('tea', new Error('the row is locked'));
  await cache.delete('tea');
  await clock.advance(60_000);
  expect(await cache.get('tea')).toBeUndefined();
});

test('what was stored and evicted is read again', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 5]] });
  const cache = new FixedCache({ store, clock, ...limits });
  await cache.set('tea', 4);
  await cache.flush();
  for (let id = 1; id <= 10; id++) await cache.get(`product ${id}`);
  expect(await cache.get('tea')).toBe(4);
  expect(store.counts().reads).toBe(11);
});

test('a slow read does not put an overwritten row back', async () => {
  const clock = new VirtualClock();
  const rows = [['tea', 5]] as const;
  const store = new InMemoryStore<string, number>({ rows, readMs: 5, clock });
  const cache = new FixedCache({ store, clock, ...limits, maxEntries: 1 });
  const slow = cache.get('tea');
  await cache.set('tea', 4);
  await cache.flush();
  await cache.set('cup', 8);
  expect(await clock.until(slow)).toBe(5);
  expect(await clock.until(cache.get('tea'))).toBe(4);
});

test('a read that failed is not kept', async () => {
  const clock = new VirtualClock();
  const reads = [Promise.reject(new Error('too many clients'))];
  const store = {
    read: () => reads.pop() ?? Promise.resolve(5),
    write: () => Promise.resolve(),
  };
  const cache = new FixedCache<number>({ store, clock, ...limits });
  await expect(cache.get('tea')).rejects.toThrow('too many clients');
  expect(await cache.get('tea')).toBe(5);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
