import { describe, expect, test } from 'vitest';
import { ForgivingCache, ForgivingLeasingCache } from './forgiving-cache.ts';
import { InMemoryCache } from './in-memory-cache.ts';
import { VirtualClock } from './virtual-clock.ts';

const timeoutMs = 50;
const row = { value: 'pro', version: 2 };

function setUp() {
  const clock = new VirtualClock();
  const cache = new InMemoryCache<string, string>({ clock });
  const errors: unknown[] = [];
  const forgiving = new ForgivingCache({
    cache,
    clock,
    timeoutMs,
    onError: (error) => void errors.push(error),
  });
  return { cache, clock, errors, forgiving };
}

test('it passes on what the cache does', async () => {
  const { forgiving, errors } = setUp();
  expect(await forgiving.get('plan')).toBeUndefined();
  expect(await forgiving.offer('plan', row, 1000)).toBe(true);
  expect(await forgiving.get('plan')).toEqual(row);
  expect(await forgiving.offer('plan', { ...row, version: 1 }, 1000)).toBe(
    true,
  );
  expect(await forgiving.get('plan')).toEqual(row);
  expect(await forgiving.remove('plan')).toBe(true);
  expect(await forgiving.get('plan')).toBeUndefined();
  expect(errors).toEqual([]);
});

test('an error is a miss, or a change that was not made, and is told', async () => {
  const { forgiving, cache, errors } = setUp();
  await cache.put('plan', row, 1000);
  const error = new Error('connection refused');
  cache.breakDown(error);
  expect(await forgiving.get('plan')).toBeUndefined();
  expect(await forgiving.offer('plan', row, 1000)).toBe(false);
  expect(await forgiving.remove('plan')).toBe(false);
  expect(errors).toEqual([error, error, error]);
});

test('a cache that hangs holds nobody up for longer than it may', async () => {
  const { forgiving, cache, clock, errors } = setUp();
  cache.hang();
  const begin = clock.now();
  expect(await clock.until(forgiving.get('plan'))).toBeUndefined();
  expect(clock.now() - begin).toBe(timeoutMs);
  expect(errors.map(String)).toEqual(['TimeoutError: no answer within 50 ms']);
});

test('a cache that throws at once is forgiven as well', async () => {
  const clock = new VirtualClock();
  const error = new TypeError('it is not connected');
  const throws = () => {
    throw error;
  };
  const errors: unknown[] = [];
  const forgiving = new ForgivingCache<string, string>({
    cache: { get: throws, put: throws, offer: throws, remove: throws },
    clock,
    timeoutMs,
    onError: (told) => void errors.push(told),
  });
  expect(await forgiving.get('plan')).toBeUndefined();
  expect(await forgiving.remove('plan')).toBe(false);
  expect(errors).toEqual([error, error]);
});

describe('a cache that hands out leases', () => {
  function setUpLeases() {
    const { clock, cache, errors } = setUp();
    const forgiving = new ForgivingLeasingCache<string, string>({
      cache,
      clock,
      timeoutMs,
      onError: (error) => void errors.push(error),
    });
    return { clock, cache, errors, forgiving };
  }

  test('hands them out as ever', async () => {
    const { forgiving, errors } = setUpLeases();
    const found = await forgiving.getOrLease('plan', 1000);
    expect(found).toEqual({ type: 'lease', lease: 1 });
    expect(await forgiving.getOrLease('plan', 1000)).toEqual({ type: 'busy' });
    expect(await forgiving.fill('plan', row, 2, 1000)).toBe(false);
    expect(await forgiving.fill('plan', row, 1, 1000)).toBe(true);
    expect(await forgiving.getOrLease('plan', 1000)).toEqual({
      type: 'row',
      row,
    });
    expect(await forgiving.remove('plan')).toBe(true);
    expect(await forgiving.get('plan')).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test('has none for anybody while it is down', async () => {
    const { forgiving, cache, errors } = setUpLeases();
    const error = new Error('connection refused');
    cache.breakDown(error);
    expect(await forgiving.getOrLease('plan', 1000)).toEqual({ type: 'busy' });
    expect(await forgiving.fill('plan', row, 1, 1000)).toBe(false);
    expect(errors).toEqual([error, error]);
  });

  test('holds nobody up for longer than it may', async () => {
    const { forgiving, cache, clock, errors } = setUpLeases();
    cache.hang();
    const found = await clock.until(forgiving.getOrLease('plan', 1000));
    expect(found).toEqual({ type: 'busy' });
    expect(clock.now()).toBe(timeoutMs);
    expect(errors).toHaveLength(1);
  });
});
