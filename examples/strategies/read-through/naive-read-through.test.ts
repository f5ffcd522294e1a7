import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { NaiveReadThrough } from './naive-read-through.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, unknown>({
    rows: [['lamp', 4900]],
    readMs: 10,
    clock,
  });
  const cache = new NaiveReadThrough<string, unknown>((key) => table.read(key));
  return { clock, table, cache };
}

// #region reproduction
test('a hundred readers load a hundred times', async () => {
  const { clock, table, cache } = setUp();
  const crowd = Array.from({ length: 100 }, () => cache.get('lamp'));
  await clock.until(Promise.all(crowd));
  expect(table.counts().reads).toBe(100);
});
// #endregion reproduction

test.each([[0], [''], [false], [null], [undefined]])(
  '%j is loaded each time',
  async (value) => {
    const { clock, table, cache } = setUp();
    table.commit({ type: 'set', key: 'lamp', value, version: 0 });
    for (let reads = 0; reads < 3; reads += 1) {
      expect(await clock.until(cache.get('lamp'))).toBe(value);
    }
    expect(table.counts().reads).toBe(3);
  },
);

test('a load from before puts the old value back', async () => {
  const { clock, table, cache } = setUp();
  const before = cache.get('lamp');
  await clock.advance(5);
  table.commit({ type: 'set', key: 'lamp', value: 3900, version: 0 });
  cache.forget('lamp');
  await clock.until(before);
  await clock.advance(1_000_000);
  expect(await clock.until(cache.get('lamp'))).toBe(4900);
});

test('a load that hangs holds up its reader for ever', async () => {
  const { clock, table, cache } = setUp();
  table.hang();
  const held = clock.until(cache.get('lamp'));
  await expect(held).rejects.toThrow('it would never settle');
});
