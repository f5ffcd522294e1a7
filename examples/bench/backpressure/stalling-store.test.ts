import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { StallingStore } from './stalling-store.ts';

const setting = { connections: 4, callMs: 10, rowMs: 1 };

function setUp() {
  const clock = new VirtualClock();
  const store = new StallingStore({ clock, ...setting });
  let key = 0;
  const batch = (size: number) =>
    Array.from({ length: size }, () => {
      key += 1;
      return { type: 'set' as const, key, value: key, version: key };
    });
  return { clock, store, batch };
}

test('in batches of 100 it takes ten times the rows of single calls', async () => {
  const rows = [];
  for (const size of [1, 100]) {
    const { clock, store, batch } = setUp();
    for (let call = 0; call < 1000; call += 1) void store.write(batch(size));
    await clock.advance(1100);
    rows.push(store.size);
  }
  expect(rows).toEqual([400, 4000]);
});

test('it takes nothing while it stalls, and goes on by itself', async () => {
  const { clock, store, batch } = setUp();
  store.stall();
  const calls = Array.from({ length: 8 }, () => store.write(batch(1)));
  await clock.advance(60_000);
  expect(store.size).toBe(0);
  store.recover();
  await clock.advance(11);
  expect(store.size).toBe(4);
  await clock.until(Promise.all(calls));
  expect(store.size).toBe(8);
});
