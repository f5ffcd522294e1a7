import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryBus } from './in-memory-bus.ts';
import { NaiveRemoval } from './naive-removal.ts';

function setUp() {
  const clock = new VirtualClock();
  const rows = [['lamp', 4900]] as const;
  const table = new InMemoryStore<string, number>({ rows, readMs: 5, clock });
  const bus = new InMemoryBus<string>({ clock });
  const hanoi = new NaiveRemoval(table, bus);
  const tokyo = new NaiveRemoval(table, bus);
  return { clock, table, hanoi, tokyo };
}

// #region reproduction
test('a load under way brings the old price back, for good', async () => {
  const { clock, table, hanoi, tokyo } = setUp();
  const read = tokyo.get('lamp');
  await hanoi.set('lamp', 3900);
  await clock.until(read);

  expect(table.peek('lamp')).toBe(3900);
  expect(await tokyo.get('lamp')).toBe(4900);
});
// #endregion reproduction

test('with nothing under way, it would be right', async () => {
  const { clock, hanoi, tokyo } = setUp();
  await clock.until(tokyo.get('lamp'));
  await hanoi.set('lamp', 3900);
  await clock.advance(0);
  expect(await clock.until(tokyo.get('lamp'))).toBe(3900);
});
