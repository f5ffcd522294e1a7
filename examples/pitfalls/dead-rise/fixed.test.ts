import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { linh, type User } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

test('P5 is kept: no read brings a deleted row back', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({ rows: [['linh', linh]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });

  await cache.delete('linh');
  expect(await cache.get('linh')).toBeUndefined();

  await cache.flush();
  expect(store.peek('linh')).toBeUndefined();
  expect(await cache.get('linh')).toBeUndefined();
});

test('P5 is kept while the delete fails', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({ rows: [['linh', linh]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.delete('linh');
  store.failNextWrites(new Error('connection reset'));
  await expect(cache.flush()).rejects.toThrow('connection reset');
  expect(await cache.get('linh')).toBeUndefined();
  await clock.advance(1000);
  expect(store.peek('linh')).toBeUndefined();
});

test('P5 is kept by a read that set out before the delete', async () => {
  const clock = new VirtualClock();
  const rows = [['linh', linh]] as const;
  const store = new InMemoryStore<string, User>({ rows, readMs: 5, clock });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  const read = cache.get('linh');
  await cache.delete('linh');
  await cache.flush();
  expect(await clock.until(read)).toBeUndefined();
  expect(await cache.get('linh')).toBeUndefined();
});

test('a user who comes back is there again', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({ rows: [['linh', linh]] });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  await cache.delete('linh');
  await cache.set('linh', linh);
  expect(await cache.get('linh')).toBe(linh);
  await cache.close();
  expect(store.peek('linh')).toBe(linh);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
