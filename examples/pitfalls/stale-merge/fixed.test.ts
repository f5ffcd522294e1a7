import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { linh, type User, type UserChange } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

test('P2 is kept: an update builds on the one before it', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({ rows: [['linh', linh]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  const email = 'linh.tran@example.com';
  const patch = (change: UserChange) =>
    cache.update('linh', (user = linh) => ({ ...user, ...change }));

  await patch({ plan: 'team' });
  await patch({ email });
  await cache.flush();

  expect(await cache.get('linh')).toEqual({ ...linh, plan: 'team', email });
  expect(store.peek('linh')).toEqual({ ...linh, plan: 'team', email });
});

test('P1 is kept: an update sees the write before it', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['/home', 41]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('/home', 50);
  expect(await cache.update('/home', (views = 0) => views + 1)).toBe(51);
});

// #region at-once
test('updates that come at once build on each other', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['/home', 41]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  const count = () => cache.update('/home', (views = 0) => views + 1);

  const counted = await Promise.all([count(), count(), count()]);

  expect(counted).toEqual([42, 43, 44]);
  expect(await cache.get('/home')).toBe(44);
});
// #endregion at-once

test('an update of what is known does not wait for the store', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>();
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('/home', 41);
  store.hang();
  expect(await cache.update('/home', (views = 0) => views + 1)).toBe(42);
});

test('an update finds nothing where a delete is pending', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['/home', 41]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.delete('/home');
  expect(await cache.update('/home', (views = 0) => views + 1)).toBe(1);
});

test('an update that came during a flush lands last', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['/home', 41]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  const count = () => cache.update('/home', (views = 0) => views + 1);
  await count();
  store.hang();
  const flush = cache.flush();
  await count();
  const next = cache.flush();
  store.recover();
  await flush;
  expect(store.peek('/home')).toBe(42);
  await next;
  expect(store.peek('/home')).toBe(43);
});

test('an update that fails changes nothing', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['/home', 41]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  const refuse = () => {
    throw new Error('no such page');
  };
  await expect(cache.update('/home', refuse)).rejects.toThrow('no such page');
  await cache.close();
  expect(store.counts().writes).toBe(0);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
