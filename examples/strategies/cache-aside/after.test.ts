import { expect, test } from 'vitest';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { haruka, type User, UserNotFoundError } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, UserService } from './after.ts';
import { CacheAside } from './cache-aside.ts';

function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, User>({
    rows: [[haruka.id, haruka]],
  });
  const cache = new InMemoryCache<string, User>({ clock });
  const onCacheError = (error: unknown) => {
    throw error;
  };
  const aside = new CacheAside<string, User>({ cache, onCacheError, clock });
  return { table, cache, users: new UserService(table, aside) };
}

test('the second read is one of the cache', async () => {
  const { table, users } = setUp();
  expect(await users.get('haruka')).toEqual(haruka);
  expect(await users.get('haruka')).toEqual(haruka);
  expect(table.counts().reads).toBe(1);
});

test('a change is read by whoever comes next', async () => {
  const { table, users } = setUp();
  await users.get('haruka');
  const changed = await users.change('haruka', { plan: 'pro' });
  expect(changed).toEqual({ ...haruka, plan: 'pro' });
  expect(table.peek('haruka')).toEqual(changed);
  expect(await users.get('haruka')).toEqual(changed);
});

test('a change that fails may be committed, and is read then', async () => {
  const { table, users } = setUp();
  await users.get('haruka');
  const lost = new Error('connection reset');
  table.loseNextAnswers(lost, lost);
  const change = users.change('haruka', { plan: 'pro' });
  await expect(change).rejects.toBe(lost);
  expect((await users.get('haruka')).plan).toBe('pro');
  await expect(users.remove('haruka')).rejects.toBe(lost);
  await expect(users.get('haruka')).rejects.toThrow(UserNotFoundError);
});

test('a change starts from the row, whatever is cached', async () => {
  const { table, cache, users } = setUp();
  const old: User = { ...haruka, email: 'old@example.com' };
  await cache.put('haruka', { value: old, version: 0 }, 1000);
  await users.change('haruka', { plan: 'pro' });
  expect(table.peek('haruka')).toEqual({ ...haruka, plan: 'pro' });
});

test('a user who is not there is not found', async () => {
  const { users } = setUp();
  await users.get('haruka');
  await users.remove('haruka');
  await expect(users.get('haruka')).rejects.toThrow(UserNotFoundError);
  await expect(users.change('haruka', {})).rejects.toThrow(UserNotFoundError);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('after.out.txt');
});
