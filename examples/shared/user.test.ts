import { describe, expect, test } from 'vitest';
import { describeUser, guests, linh, UserNotFoundError } from './user.ts';

describe('a user is described', () => {
  test('by name and plan', async () => {
    expect(await describeUser(Promise.resolve(linh))).toBe('Linh Trần, free');
  });

  test('as missing where there is none', async () => {
    const lookup = Promise.reject(new UserNotFoundError('minh'));
    expect(await describeUser(lookup)).toBe('there is no user minh');
  });

  test('by no word where the lookup itself fails', async () => {
    const lookup = Promise.reject(new Error('the database is down'));
    await expect(describeUser(lookup)).rejects.toThrow('the database is down');
  });
});

test('guests have ids of their own', () => {
  expect(new Set(guests(50).map(({ id }) => id)).size).toBe(50);
});
