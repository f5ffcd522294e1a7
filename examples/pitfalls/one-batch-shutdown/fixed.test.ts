import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { put } from '../operation.ts';
import { demo, FixedCache } from './fixed.ts';

test('P10 is kept: close writes batch after batch, to the last', async () => {
  const { store, cache, clock } = newWorld();
  await cache.set('linh', 'signed in');
  await cache.set('haruka', 'signed in');
  await cache.set('minh', 'signed in');

  expect(await clock.until(cache.close())).toEqual({ abandoned: [] });

  expect(store.entries()).toHaveLength(3);
  expect(clock.now()).toBe(40);
});

test('it waits for the batch that is on its way', async () => {
  const { store, cache, clock } = newWorld();
  await cache.set('linh', 'signed in');
  await clock.advance(1000);
  expect(store.peek('linh')).toBeUndefined();

  await clock.until(cache.close());

  expect(store.peek('linh')).toBe('signed in');
  expect(store.counts().writes).toBe(1);
});

test('it refuses what comes while it drains', async () => {
  const { store, cache, clock } = newWorld();
  await cache.set('linh', 'signed in');
  const closed = cache.close();

  await expect(cache.set('linh', 'signed out')).rejects.toThrow('closed');
  await expect(cache.delete('linh')).rejects.toThrow('closed');

  await clock.until(closed);
  expect(await cache.get('linh')).toBe('signed in');
  expect(store.peek('linh')).toBe('signed in');
});

test('a store that hangs is given up in time, with a list of what is left', async () => {
  const { store, cache, clock } = newWorld();
  store.hang();
  await cache.set('linh', 'signed in');
  await cache.set('haruka', 'signed in');
  await cache.set('minh', 'signed in');

  const report = await clock.until(cache.close({ timeoutMs: 500 }));

  expect(clock.now()).toBe(500);
  const left = ['linh', 'haruka', 'minh'].map((id) => put(id, 'signed in'));
  expect(report).toEqual({ abandoned: left });
});

test('once it has given up, no further batch sets out', async () => {
  const { store, cache, clock } = newWorld();
  store.hang();
  await cache.set('linh', 'signed in');
  await cache.set('haruka', 'signed in');
  await cache.set('minh', 'signed in');
  await clock.until(cache.close({ timeoutMs: 500 }));

  store.recover();
  await clock.advance(60_000);

  expect(store.counts().writes).toBe(1);
});

test('a batch that fails is tried again with the next tick', async () => {
  const { store, cache, clock } = newWorld();
  await cache.set('linh', 'signed in');
  store.failNextWrites(new Error('connection reset'));

  const report = await clock.until(cache.close());

  expect(report).toEqual({ abandoned: [] });
  expect(store.peek('linh')).toBe('signed in');
  expect(clock.now()).toBe(1020);
  expect(clock.isIdle).toBe(true);
});

test('a row that is always refused is listed once the time is up', async () => {
  const { store, cache, clock } = newWorld();
  await cache.set('linh', 'signed in');
  store.breakKey('linh');

  const report = await clock.until(cache.close());

  expect(report).toEqual({ abandoned: [put('linh', 'signed in')] });
  expect(clock.now()).toBe(10_000);
});

test('closing twice gives the same report', async () => {
  const { cache, clock } = newWorld();
  await cache.set('linh', 'signed in');
  const reports = Promise.all([cache.close(), cache.close()]);
  const [first, second] = await clock.until(reports);
  expect(second).toBe(first);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});

function newWorld() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({ writeMs: 20, clock });
  const options = { store, clock, maxBatchSize: 2, maxDelayMs: 1000 };
  return { store, clock, cache: new FixedCache(options) };
}
