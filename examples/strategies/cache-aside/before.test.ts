import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { haruka, type User, UserNotFoundError } from '../../shared/user.ts';
import { demo, UserService } from './before.ts';

function setUp() {
  const table = new InMemoryStore<string, User>({
    rows: [[haruka.id, haruka]],
  });
  return { table, users: new UserService(table) };
}

test('each read is one of the table', async () => {
  const { table, users } = setUp();
  expect(await users.get('haruka')).toEqual(haruka);
  expect(await users.get('haruka')).toEqual(haruka);
  expect(table.counts().reads).toBe(2);
});

test('a change is in the table', async () => {
  const { table, users } = setUp();
  const changed = await users.change('haruka', { plan: 'pro' });
  expect(changed).toEqual({ ...haruka, plan: 'pro' });
  expect(table.peek('haruka')).toEqual(changed);
});

test('a user who is not there is not found', async () => {
  const { users } = setUp();
  await users.remove('haruka');
  await expect(users.get('haruka')).rejects.toThrow(UserNotFoundError);
  await expect(users.change('haruka', {})).rejects.toThrow(UserNotFoundError);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('before.out.txt');
});
