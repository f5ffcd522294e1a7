import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnyRedis, openEmulator } from '../../services/any-redis.ts';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { visitNumber } from './load.ts';
import { openPlace } from './place.ts';
import { verify } from './verify.ts';
import { sessionsThrough } from './wiring.ts';

let postgres: Server;
let redis: AnyRedis;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), openEmulator()]);
});

afterAll(() => Promise.all([postgres?.stop(), redis?.stop()]));

// A slow machine may not open more of them within the time of the pool.
test('a verification takes one connection, however many rows there are', async () => {
  const place = await openPlace({ postgres, redis }, () => {});
  const cache = sessionsThrough(place);
  const users = Array.from({ length: 5 }, (_, index) => `user-${index}`);
  for (const user of users) await cache.set(user, visitNumber(1));
  const sessions = new Map(users.map((user) => [user, visitNumber(1)]));
  const verified = await verify(place, { sessions, views: new Map() });
  expect(verified.user_sessions).toEqual({ expected: 5, found: 5, equal: 5 });
  expect(place.pool.totalCount).toBe(1);
  await cache.close();
  await place.close();
});
