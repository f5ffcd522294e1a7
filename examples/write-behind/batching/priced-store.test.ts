import { expect, test } from 'vitest';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { Costs, Form } from './costs.ts';
import { PricedStore } from './priced-store.ts';

const costs: Costs = { statementMs: 3, commitMs: 5, rowMs: 0.5 };

function sets(count: number): Operation<number, number>[] {
  return Array.from({ length: count }, (_, key) => ({
    ...{ type: 'set', key, value: key, version: 1 },
  }));
}

test.each<[Form, number]>([
  ['transaction-a-row', 85],
  ['statement-a-row', 40],
  ['statement-a-batch', 13],
])('ten rows as a %s take %d ms', async (form, ms) => {
  const clock = new VirtualClock();
  const store = new PricedStore<number, number>({ clock, costs, form });
  await clock.until(store.write(sets(10)));
  expect(clock.now()).toBe(ms);
  expect(store.rows.entries()).toHaveLength(10);
});

test('a write waits until the one before has ended, even in an error', async () => {
  const clock = new VirtualClock();
  const store = new PricedStore<number, number>({ clock, costs });
  store.rows.failNextWrites(new Error('connection reset'));
  const first = store.write(sets(10)).catch(() => {});
  const second = store.write(sets(2));
  await clock.until(first);
  await clock.until(second);
  expect(clock.now()).toBe(13 + 9);
});

test('costs that change are those of the next write', async () => {
  const clock = new VirtualClock();
  const store = new PricedStore<number, number>({ clock, costs });
  const first = store.write(sets(10));
  await clock.advance(1);
  store.costs = { ...costs, commitMs: 100 };
  await clock.until(first);
  expect(clock.now()).toBe(13);
  await clock.until(store.write(sets(10)));
  expect(clock.now()).toBe(13 + 108);
});

test('what takes too long is given up, and none of it is stored', async () => {
  const clock = new VirtualClock();
  const timeoutMs = 100;
  const store = new PricedStore<number, number>({ clock, costs, timeoutMs });
  const written = clock.until(store.write(sets(200)));
  await expect(written).rejects.toThrow('statement timeout');
  expect(clock.now()).toBe(100);
  expect(await store.read(1)).toBeUndefined();
});
