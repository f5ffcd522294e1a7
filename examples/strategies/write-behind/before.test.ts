import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  haruka,
  linh,
  type User,
  UserNotFoundError,
} from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, UserService } from './before.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({
    rows: [[haruka.id, haruka]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  return { clock, store, users: new UserService(store) };
}

test('the service waits for the database on each call', async () => {
  const { clock, store, users } = setUp();
  await clock.until(users.save(linh));
  expect(clock.now()).toBe(20);
  expect(store.peek('linh')).toEqual(linh);
  expect(await clock.until(users.get('linh'))).toEqual(linh);
  expect(clock.now()).toBe(25);
});

test('each change is a row', async () => {
  const { clock, store, users } = setUp();
  await clock.until(users.change('haruka', { plan: 'pro' }));
  const changed = users.change('haruka', { email: 'sato@example.com' });
  expect(await clock.until(changed)).toEqual({
    ...haruka,
    plan: 'pro',
    email: 'sato@example.com',
  });
  expect(store.counts()).toEqual({ reads: 2, writes: 2, rows: 2 });
});

test('a user who is not there is not found', async () => {
  const { clock, users } = setUp();
  await clock.until(users.remove('haruka'));
  await expect(clock.until(users.get('haruka'))).rejects.toThrow(
    UserNotFoundError,
  );
  await expect(clock.until(users.change('haruka', {}))).rejects.toThrow(
    'there is no user haruka',
  );
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('before.out.txt');
});
