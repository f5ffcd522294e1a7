import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { ChangeTable } from './change-table.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new ChangeTable<number, number>({
    rows: [['lamp', 10]],
    writeMs: 20,
    clock,
    apply: (row = 0, count) => row + count,
  });
  const write = (change: number, version: number, key = 'lamp') =>
    clock.until(table.write([{ key, change, version }]));
  return { clock, table, write };
}

test('a change is applied to the row, or to none', async () => {
  const { table, write } = setUp();
  await write(3, 1);
  await write(3, 1, 'chair');
  expect(table.store.entries()).toEqual([
    ['lamp', 13],
    ['chair', 3],
  ]);
});

test('a change that comes again is skipped, and an older one too', async () => {
  const { table, write } = setUp();
  await write(3, 2);
  await write(3, 2);
  await write(5, 1);
  expect(table.store.peek('lamp')).toBe(13);
  expect(table.store.counts().rows).toBe(1);
});

test('a row is read when it is changed, not before', async () => {
  const { clock, table } = setUp();
  const written = table.write([{ key: 'lamp', change: 3, version: 1 }]);
  await clock.advance(10);
  table.changeFromElsewhere('lamp', 100);
  expect(table.store.peek('lamp')).toBe(110);
  await clock.until(written);
  expect(table.store.peek('lamp')).toBe(113);
});

test('a change from elsewhere leaves the version alone', async () => {
  const { table, write } = setUp();
  await write(3, 7);
  table.changeFromElsewhere('lamp', 100);
  expect(table.store.row('lamp')).toEqual({ value: 113, version: 7 });
});
