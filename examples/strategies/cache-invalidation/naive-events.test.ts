import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryBus } from './in-memory-bus.ts';
import { NaiveEvents, type Update } from './naive-events.ts';

// #region reproduction
test('a late event brings an old price back, for good', async () => {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, number>({ clock });
  const bus = new InMemoryBus<Update<string, number>>({ clock });
  const hanoi = new NaiveEvents(table, bus);
  const tokyo = new NaiveEvents(table, bus);

  bus.delayNext(10);
  await hanoi.set('lamp', 4900);
  await tokyo.set('lamp', 3900);
  await clock.advance(10);

  expect(table.peek('lamp')).toBe(3900);
  expect(await hanoi.get('lamp')).toBe(4900);
  expect(await tokyo.get('lamp')).toBe(4900);
});
// #endregion reproduction

test('in the order of the writes, it would be right', async () => {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, number>({
    rows: [['chair', 0]],
    clock,
  });
  const bus = new InMemoryBus<Update<string, number>>({ clock });
  const hanoi = new NaiveEvents(table, bus);
  const tokyo = new NaiveEvents(table, bus);
  await hanoi.set('lamp', 4900);
  await clock.advance(0);
  await tokyo.set('lamp', 3900);
  await clock.advance(0);
  expect(await hanoi.get('lamp')).toBe(3900);
  expect(await tokyo.get('lamp')).toBe(3900);
  expect(await tokyo.get('chair')).toBe(0);
});
