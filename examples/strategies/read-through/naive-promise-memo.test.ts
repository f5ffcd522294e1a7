import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { NaivePromiseMemo } from './naive-promise-memo.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, number>({
    rows: [['lamp', 4900]],
    readMs: 10,
    clock,
  });
  const cache = new NaivePromiseMemo<string, number>((key) => table.read(key));
  return { clock, table, cache };
}

test('a hundred readers load once', async () => {
  const { clock, table, cache } = setUp();
  const crowd = Array.from({ length: 100 }, () => cache.get('lamp'));
  await clock.until(Promise.all(crowd));
  expect(table.counts().reads).toBe(1);
});

// #region reproduction
test('an error is kept for ever', async () => {
  const { clock, table, cache } = setUp();
  table.failNextReads(new Error('connection reset'));
  const failed = clock.until(cache.get('lamp'));
  await expect(failed).rejects.toThrow('connection reset');
  await clock.advance(1_000_000);
  await expect(cache.get('lamp')).rejects.toThrow('connection reset');
});

test('a load that hangs holds up every reader for ever', async () => {
  const { clock, table, cache } = setUp();
  table.hang();
  void cache.get('lamp');
  await clock.advance(1_000_000);
  const held = clock.until(cache.get('lamp'));
  await expect(held).rejects.toThrow('it would never settle');
  expect(table.counts().reads).toBe(1);
});
// #endregion reproduction
