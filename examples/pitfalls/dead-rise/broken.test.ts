import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { linh, type User } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P5 is broken: a read brings a deleted row back', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({ rows: [['linh', linh]] });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });

  await cache.delete('linh');
  expect(await cache.get('linh')).toBe(linh);

  await cache.flush();
  expect(store.peek('linh')).toBeUndefined();
  expect(await cache.get('linh')).toBe(linh);
});
// #endregion reproduction

test('P5 is broken by a read that set out before the delete too', async () => {
  const clock = new VirtualClock();
  const rows = [['linh', linh]] as const;
  const store = new InMemoryStore<string, User>({ rows, readMs: 5, clock });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  const read = cache.get('linh');
  await cache.delete('linh');
  await cache.flush();
  await clock.until(read);
  expect(await clock.until(cache.get('linh'))).toBe(linh);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
