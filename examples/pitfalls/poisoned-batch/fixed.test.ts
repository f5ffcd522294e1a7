import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { put } from '../operation.ts';
import { demo, FixedCache } from './fixed.ts';
import { PriceTable } from './price-table.ts';

test('P8 is kept: the bad row goes alone, and ends as a dead letter', async () => {
  const store = new PriceTable();
  const { cache, clock, letters } = start(store);
  await cache.set('tea', 120);
  await cache.set('coffee', -10);
  await cache.set('rice', 90);

  await clock.advance(2000);
  expect(store.entries()).toEqual([
    ['rice', 90],
    ['tea', 120],
  ]);

  await clock.advance(2000);
  expect(letters).toEqual([put('coffee', -10)]);
});

test('where the error names the row, no other is suspected', async () => {
  const store = new InMemoryStore<string, number>();
  const { cache, clock, letters } = start(store);
  await cache.set('tea', 120);
  await cache.set('coffee', -10);
  store.breakKey('coffee', permanent);

  await clock.advance(60_000);

  expect(letters).toEqual([put('coffee', -10)]);
  expect(store.entries()).toEqual([['tea', 120]]);
  expect(store.counts().writes).toBe(1);
});

test('it is written as often as attempts allow, and never again', async () => {
  const store = new InMemoryStore<string, number>();
  const { cache, clock } = start(store);
  await cache.set('coffee', -10);
  store.breakKey('coffee');
  await clock.advance(60_000);
  expect(store.counts().writes).toBe(3);
});

test('a batch that fails as a whole proves nothing, however permanent the error', async () => {
  const store = new InMemoryStore<string, number>();
  const { cache, clock, letters } = start(store);
  await cache.set('tea', 120);
  await cache.set('coffee', 80);
  store.failNextWrites(permanent);

  await clock.advance(60_000);

  expect(letters).toEqual([]);
  expect(store.entries()).toHaveLength(2);
});

test('one that can never be stored alone is given up at once', async () => {
  const store = new InMemoryStore<string, number>();
  const { cache, clock, letters } = start(store);
  await cache.set('coffee', -10);
  store.failNextWrites(permanent);

  await clock.advance(60_000);

  expect(letters).toEqual([put('coffee', -10)]);
  expect(store.counts().writes).toBe(1);
});

test('a later write of the key starts with all its attempts', async () => {
  const store = new InMemoryStore<string, number>();
  const { cache, clock, letters } = start(store);
  await cache.set('coffee', -10);
  store.breakKey('coffee');
  await clock.advance(2000);
  await cache.set('coffee', 80);
  await clock.advance(2000);
  store.mendKey('coffee');
  await clock.advance(1000);

  expect(letters).toEqual([]);
  expect(store.peek('coffee')).toBe(80);
});

test('a flush that leaves something says so', async () => {
  const { cache } = start(new PriceTable());
  await cache.set('coffee', -10);
  await expect(cache.flush()).rejects.toMatchObject({
    failed: [put('coffee', -10)],
  });
});

test('a letter that nobody takes is offered again, and not written again', async () => {
  const store = new PriceTable();
  let isRefused = true;
  const { cache, clock, letters } = start(store, () => {
    if (isRefused) throw new Error('the disk is full');
  });
  await cache.set('coffee', -10);
  await clock.advance(60_000);
  expect(letters).toEqual([]);

  isRefused = false;
  await clock.advance(1000);
  expect(letters).toEqual([put('coffee', -10)]);
  expect(store.rolledBack).toBe(3);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});

const permanent = Object.assign(new Error('invalid'), { permanent: true });

function start(store: Store<string, number>, take = () => {}) {
  const clock = new VirtualClock();
  const letters: unknown[] = [];
  const cache = new FixedCache<number>({
    store,
    clock,
    maxBatchSize: 2,
    maxDelayMs: 1000,
    retry: { attempts: 3, baseDelayMs: 100, maxDelayMs: 1000 },
    onDeadLetter: ({ operation }) => {
      take();
      letters.push(operation);
    },
  });
  return { cache, clock, letters };
}
