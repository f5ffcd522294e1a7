import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryVersionedTable } from './in-memory-versioned-table.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryVersionedTable<string, number>({
    rows: [['lamp', 1]],
    writeMs: 20,
    clock,
  });
  const write = (version: number, value: number | undefined, key = 'lamp') =>
    clock.until(table.compareAndSet(key, version, value));
  return { clock, table, write };
}

test('a value is stored over the version that it knows', async () => {
  const { table, write } = setUp();
  const row = { value: 2, version: 1 };
  expect(await write(0, 2)).toEqual({ isStored: true, row });
  expect(await table.find('lamp')).toEqual(row);
});

test('over another version it is not, and the answer says which', async () => {
  const { table, write } = setUp();
  table.change('lamp', 5);
  const row = { value: 5, version: 1 };
  expect(await write(0, 2)).toEqual({ isStored: false, row });
  expect(table.store.peek('lamp')).toBe(5);
});

test('of two that know the same version, one is stored', async () => {
  const { clock, table } = setUp();
  const answers = await clock.until(
    Promise.all([2, 3].map((value) => table.compareAndSet('lamp', 0, value))),
  );
  expect(answers.map(({ isStored }) => isStored)).toEqual([true, false]);
});

test('a row that is deleted and comes again has a new version', async () => {
  const { table, write } = setUp();
  await write(0, undefined);
  expect(await table.find('lamp')).toEqual({ value: undefined, version: 1 });
  await write(1, 2);
  expect(await write(0, 3)).toMatchObject({ isStored: false });
});

test('it fails before a write, or after it', async () => {
  const { table, write } = setUp();
  table.failNextWrites(new Error('connection refused'));
  await expect(write(0, 2)).rejects.toThrow('connection refused');
  expect(table.store.peek('lamp')).toBe(1);
  table.loseNextAnswers(new Error('connection reset'));
  await expect(write(0, 2)).rejects.toThrow('connection reset');
  expect(table.store.peek('lamp')).toBe(2);
});
