import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { linh, type User, type UserChange } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P2 is broken: an update undoes the one before it', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({ rows: [['linh', linh]] });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  const email = 'linh.tran@example.com';
  const patch = (change: UserChange) =>
    cache.update('linh', (user = linh) => ({ ...user, ...change }));

  await patch({ plan: 'team' });
  await patch({ email });
  await cache.flush();

  expect(await cache.get('linh')).toEqual({ ...linh, email });
  expect(store.peek('linh')).toEqual({ ...linh, email });
});
// #endregion reproduction

test('P1 is broken: an update does not see the write before it', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['/home', 41]] });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('/home', 50);
  expect(await cache.update('/home', (views = 0) => views + 1)).toBe(42);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
