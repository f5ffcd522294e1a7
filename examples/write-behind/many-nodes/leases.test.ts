import { expect, test } from 'vitest';
import { describeWithRedis } from './describe-with-redis.ts';
import { Leases } from './leases.ts';
import { WriteQueue } from './write-queue.ts';

describeWithRedis(({ redis }) => {
  const open = (worker: string, leaseMs = 60_000) => {
    const queue = new WriteQueue({
      redis: redis(),
      name: 'users',
      partitions: 4,
    });
    return new Leases({ redis: redis(), queue, worker, leaseMs });
  };

  test('of those that want a partition at the same time, one gets it', async () => {
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, index) => open(`w${index}`).acquire(3)),
    );
    const got = claims.filter((claim) => claim !== undefined);
    expect(got).toEqual([{ partition: 3, token: 1 }]);
  });

  test('the next owner has a higher token', async () => {
    const [a, b] = [open('a'), open('b')];
    const first = await a.acquire(3);
    if (first) await a.release(first);
    expect(await b.acquire(3)).toEqual({ partition: 3, token: 2 });
    expect(await b.acquire(2)).toEqual({ partition: 2, token: 1 });
  });

  test('where Redis has lost its count, it goes on above what the store has seen', async () => {
    expect(await open('a').acquire(3, 41)).toMatchObject({ token: 42 });
  });

  test('one who was the owner neither renews nor releases the lease of the next', async () => {
    const [a, b] = [open('a'), open('b')];
    const past = await a.acquire(3);
    if (past === undefined) throw new Error('expected a lease');
    await a.release(past);
    const present = await b.acquire(3);
    expect(await a.renew(past)).toBe(false);
    await a.release(past);
    expect(present && (await b.renew(present))).toBe(true);
  });

  test('a lease that nobody renews passes', async () => {
    await redis().configSet('notify-keyspace-events', 'Ex');
    const events = redis().duplicate();
    await events.connect();
    const passed = new Promise((resolve) => {
      void events.subscribe('__keyevent@0__:expired', resolve);
    });
    const [a, b] = [open('a', 1), open('b')];
    const claim = await a.acquire(3);
    expect(await passed).toBe('{users:3}:lease');
    expect(claim && (await a.renew(claim))).toBe(false);
    expect(await b.acquire(3)).toMatchObject({ token: 2 });
    events.destroy();
  });

  test('workers that were not heard of for as long as a lease do not count', async () => {
    const [a, b] = [open('a'), open('b')];
    expect(await a.heartbeat()).toBe(1);
    expect(await b.heartbeat()).toBe(2);
    await redis().zAdd('users:workers', { value: 'gone', score: Date.now() });
    expect(await a.heartbeat()).toBe(2);
    await b.leave();
    expect(await a.heartbeat()).toBe(1);
  });

  test('a lease of no time is not possible', () => {
    expect(() => open('a', 0)).toThrow('leaseMs: expected at least 1, got 0');
    expect(() => open('a', Number.NaN)).toThrow('leaseMs: expected');
  });
});
