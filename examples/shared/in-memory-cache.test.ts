import { describe, expect, test } from 'vitest';
import { InMemoryCache, type InMemoryCacheOptions } from './in-memory-cache.ts';
import type { Row } from './table.ts';
import { VirtualClock } from './virtual-clock.ts';

const minute = 60_000;

function row(value: number | undefined, version: number): Row<number> {
  return { value, version };
}

function setUp(options: Omit<InMemoryCacheOptions, 'clock'> = {}) {
  const clock = new VirtualClock();
  const cache = new InMemoryCache<string, number>({ ...options, clock });
  return { clock, cache };
}

describe('the in-memory cache', () => {
  test('keeps a row, and finds it', async () => {
    const { cache } = setUp();
    expect(await cache.get('a')).toBeUndefined();
    await cache.put('a', row(1, 5), minute);
    expect(await cache.get('a')).toEqual(row(1, 5));
  });

  test('tells what is known to be absent from what it does not know', async () => {
    const { cache } = setUp();
    await cache.put('a', row(undefined, 5), minute);
    expect(await cache.get('a')).toEqual(row(undefined, 5));
    await cache.remove('a');
    expect(await cache.get('a')).toBeUndefined();
  });

  test('puts an older row over a newer one, if it is told to', async () => {
    const { cache } = setUp();
    await cache.put('a', row(2, 2), minute);
    await cache.put('a', row(1, 1), minute);
    expect(cache.peek('a')).toEqual(row(1, 1));
  });

  test('takes its time, through the clock', async () => {
    const { clock, cache } = setUp({ getMs: 1, setMs: 3 });
    const putting = cache.put('a', row(1, 1), minute);
    await clock.advance(2);
    expect(cache.peek('a')).toBeUndefined();
    await clock.until(putting);
    expect(clock.now()).toBe(3);
    expect(await clock.until(cache.get('a'))).toEqual(row(1, 1));
    expect(clock.now()).toBe(4);
    await clock.until(cache.remove('a'));
    expect(clock.now()).toBe(7);
  });

  test('counts what was asked for, and what was found', async () => {
    const { cache } = setUp();
    await cache.get('a');
    await cache.put('a', row(1, 1), minute);
    await cache.offer('a', row(1, 1), minute);
    await cache.get('a');
    await cache.getOrLease('a', 100);
    await cache.fill('a', row(1, 1), 1, minute);
    await cache.remove('a');
    cache.peek('a');
    const counts = { gets: 3, hits: 2, sets: 3, removes: 1 };
    expect(cache.counts()).toEqual(counts);
  });
});

describe('an offer', () => {
  test('is kept unless there is a row of a higher version', async () => {
    const { cache } = setUp();
    await cache.offer('a', row(2, 2), minute);
    await cache.offer('a', row(1, 1), minute);
    expect(cache.peek('a')).toEqual(row(2, 2));
    await cache.offer('a', row(undefined, 3), minute);
    expect(cache.peek('a')).toEqual(row(undefined, 3));
  });

  test('of the same version keeps the row for longer', async () => {
    const { clock, cache } = setUp();
    await cache.offer('a', row(1, 1), 100);
    await clock.advance(50);
    await cache.offer('a', row(1, 1), 100);
    await clock.advance(99);
    expect(cache.peek('a')).toEqual(row(1, 1));
  });

  test('is not measured against a row that has expired', async () => {
    const { clock, cache } = setUp();
    await cache.put('a', row(2, 2), 100);
    await clock.advance(100);
    await cache.offer('a', row(1, 1), 100);
    expect(cache.peek('a')).toEqual(row(1, 1));
  });

  test('is compared when it takes effect, not when it sets out', async () => {
    const { clock, cache } = setUp({ setMs: 10 });
    const newer = cache.offer('a', row(2, 2), minute);
    await clock.advance(5);
    const older = cache.offer('a', row(1, 1), minute);
    await clock.until(Promise.all([newer, older]));
    expect(cache.peek('a')).toEqual(row(2, 2));
  });
});

describe('an entry', () => {
  test('expires, counted from when it was kept', async () => {
    const { clock, cache } = setUp({ setMs: 10 });
    await clock.until(cache.put('a', row(1, 1), 100));
    await clock.advance(99);
    expect(await cache.get('a')).toEqual(row(1, 1));
    await clock.advance(1);
    expect(cache.peek('a')).toBeUndefined();
    expect(await cache.get('a')).toBeUndefined();
  });

  test('leaves if it is the least recently used, and there are more', async () => {
    const { cache } = setUp({ maxEntries: 2 });
    await cache.put('a', row(1, 1), minute);
    await cache.put('b', row(2, 1), minute);
    await cache.get('a');
    await cache.put('c', row(3, 1), minute);
    expect(cache.peek('a')).toEqual(row(1, 1));
    expect(cache.peek('b')).toBeUndefined();
    expect(cache.peek('c')).toEqual(row(3, 1));
  });

  test('is as recent as its last change', async () => {
    const { cache } = setUp({ maxEntries: 2 });
    await cache.put('a', row(1, 1), minute);
    await cache.put('b', row(2, 1), minute);
    await cache.put('a', row(3, 2), minute);
    await cache.put('c', row(4, 1), minute);
    expect(cache.peek('a')).toEqual(row(3, 2));
    expect(cache.peek('b')).toBeUndefined();
  });

  test('that has expired gives up its place when it is asked for', async () => {
    const { clock, cache } = setUp({ maxEntries: 2 });
    await cache.put('kept', row(1, 1), minute);
    await cache.put('short', row(2, 1), 100);
    await clock.advance(100);
    await cache.get('short');
    await cache.put('new', row(3, 1), minute);
    expect(cache.peek('kept')).toEqual(row(1, 1));
  });
});

describe('a lease', () => {
  test('is given out for a gap, and lets its owner fill it', async () => {
    const { cache } = setUp();
    expect(await cache.getOrLease('a', 100)).toEqual({
      type: 'lease',
      lease: 1,
    });
    expect(await cache.fill('a', row(1, 1), 1, minute)).toBe(true);
    expect(await cache.getOrLease('a', 100)).toEqual({
      type: 'row',
      row: row(1, 1),
    });
  });

  test('is given to one caller at a time, each key for itself', async () => {
    const { cache } = setUp();
    await cache.getOrLease('a', 100);
    expect(await cache.getOrLease('a', 100)).toEqual({ type: 'busy' });
    expect(await cache.getOrLease('b', 100)).toMatchObject({ type: 'lease' });
  });

  test('is over after its time, and another one is given out', async () => {
    const { clock, cache } = setUp();
    await cache.getOrLease('a', 100);
    await clock.advance(99);
    expect(await cache.getOrLease('a', 100)).toEqual({ type: 'busy' });
    await clock.advance(1);
    expect(await cache.fill('a', row(1, 1), 1, minute)).toBe(false);
    expect(await cache.getOrLease('a', 100)).toEqual({
      type: 'lease',
      lease: 2,
    });
    expect(await cache.fill('a', row(1, 1), 1, minute)).toBe(false);
    expect(await cache.fill('a', row(1, 1), 2, minute)).toBe(true);
  });

  test('can be used once', async () => {
    const { cache } = setUp();
    await cache.getOrLease('a', 100);
    await cache.fill('a', row(1, 1), 1, minute);
    expect(await cache.fill('a', row(2, 2), 1, minute)).toBe(false);
    expect(cache.peek('a')).toEqual(row(1, 1));
  });

  const changes: Record<string, (cache: TestedCache) => Promise<void>> = {
    remove: (cache) => cache.remove('a'),
    put: (cache) => cache.put('a', row(2, 2), 10),
    offer: (cache) => cache.offer('a', row(2, 2), 10),
  };
  test.for(Object.entries(changes))(
    'is not good any more after a change: %s',
    async ([, change]) => {
      const { clock, cache } = setUp();
      await cache.getOrLease('a', 100);
      await change(cache);
      await clock.advance(10);
      expect(await cache.fill('a', row(1, 1), 1, minute)).toBe(false);
      expect(cache.peek('a')).toBeUndefined();
      const next = await cache.getOrLease('a', 100);
      expect(next).toEqual({ type: 'lease', lease: 2 });
    },
  );

  test('does not outlive the cache that gave it out', async () => {
    const { cache } = setUp();
    await cache.getOrLease('a', 100);
    cache.clear();
    expect(await cache.fill('a', row(1, 1), 1, minute)).toBe(false);
  });
});

describe('a cache in trouble', () => {
  test('fails the next changes, which have no effect', async () => {
    const { cache } = setUp();
    await cache.put('a', row(1, 1), minute);
    await cache.getOrLease('b', 100);
    const error = new Error('connection reset');
    cache.failNext(error, error, error, error);
    const next = row(2, 2);
    await expect(cache.put('a', next, minute)).rejects.toBe(error);
    await expect(cache.offer('a', next, minute)).rejects.toBe(error);
    await expect(cache.remove('a')).rejects.toBe(error);
    await expect(cache.fill('b', next, 1, minute)).rejects.toBe(error);
    expect(await cache.get('a')).toEqual(row(1, 1));
    expect(await cache.fill('b', next, 1, minute)).toBe(true);
  });

  test('fails the next look-ups, and gives out no lease', async () => {
    const { cache } = setUp();
    const error = new Error('connection reset');
    cache.failNextGets(error, error);
    await expect(cache.get('a')).rejects.toBe(error);
    await expect(cache.getOrLease('a', 100)).rejects.toBe(error);
    await cache.remove('a');
    expect(await cache.getOrLease('a', 100)).toMatchObject({ type: 'lease' });
  });

  test('fails each call until it is mended, and knows what it knew', async () => {
    const { cache } = setUp();
    await cache.put('a', row(1, 1), minute);
    const error = new Error('no route to host');
    cache.breakDown(error);
    await expect(cache.get('a')).rejects.toBe(error);
    await expect(cache.remove('a')).rejects.toBe(error);
    await expect(cache.get('a')).rejects.toBe(error);
    cache.mend();
    expect(await cache.get('a')).toEqual(row(1, 1));
  });

  test('comes back empty after it has died', async () => {
    const { cache } = setUp();
    await cache.put('a', row(1, 1), minute);
    cache.clear();
    expect(await cache.get('a')).toBeUndefined();
  });

  test('hangs, and does what was asked when it recovers', async () => {
    const { clock, cache } = setUp();
    cache.hang();
    const calls = [cache.put('a', row(1, 1), minute), cache.get('a')];
    await clock.advance(minute);
    expect(cache.peek('a')).toBeUndefined();
    cache.recover();
    expect(await clock.until(Promise.all(calls))).toEqual([
      undefined,
      row(1, 1),
    ]);
  });
});

type TestedCache = InMemoryCache<string, number>;
