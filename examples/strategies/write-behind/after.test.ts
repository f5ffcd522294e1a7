import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  haruka,
  linh,
  type User,
  UserNotFoundError,
} from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, UserService } from './after.ts';
import { WriteBehindCache } from './write-behind-cache.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({
    rows: [[haruka.id, haruka]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const cache = new WriteBehindCache({ store, clock });
  return { clock, store, cache, users: new UserService(cache) };
}

test('the service answers before the database has the row', async () => {
  const { clock, store, cache, users } = setUp();
  await users.save(linh);
  expect(await users.get('linh')).toEqual(linh);
  expect(clock.now()).toBe(0);
  expect(store.peek('linh')).toBeUndefined();
  await clock.until(cache.flush());
  expect(store.peek('linh')).toEqual(linh);
});

test('quick changes of a user become one row', async () => {
  const { clock, store, cache, users } = setUp();
  await clock.until(users.change('haruka', { plan: 'pro' }));
  await users.change('haruka', { email: 'sato@example.com' });
  await clock.until(cache.flush());
  expect(store.peek('haruka')).toEqual({
    ...haruka,
    plan: 'pro',
    email: 'sato@example.com',
  });
  expect(store.counts()).toEqual({ reads: 1, writes: 1, rows: 1 });
});

test('a user who is not there is not found', async () => {
  const { users } = setUp();
  await users.remove('haruka');
  await expect(users.get('haruka')).rejects.toThrow(UserNotFoundError);
  await expect(users.change('haruka', {})).rejects.toThrow(
    'there is no user haruka',
  );
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('after.out.txt');
});
