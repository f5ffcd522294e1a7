import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../shared/cache.ts';
import { InMemoryCache } from '../shared/in-memory-cache.ts';
import { InMemoryStore } from '../shared/in-memory-store.ts';
import { VirtualClock } from '../shared/virtual-clock.ts';
import { InMemoryBus } from './cache-invalidation/in-memory-bus.ts';
import type { Invalidation } from './cache-invalidation/invalidation-bus.ts';
import { type Strategy, strategies } from './strategies.ts';

function setUp({ create }: Strategy) {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({
    rows: [['plan', 'free']],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const shared = new InMemoryCache<string, string>({
    getMs: 1,
    setMs: 1,
    clock,
  });
  const bus = new InMemoryBus<Invalidation<string>>({ clock });
  const errors: unknown[] = [];
  const start = () =>
    create<string>({
      store,
      cache: shared,
      bus,
      clock,
      random: () => 0,
      onError: (error) => void errors.push(error),
    });
  return { clock, store, shared, bus, errors, start };
}

test('there are six, each with a name of its own', () => {
  const names = strategies.map(({ name }) => name);
  expect(new Set(names).size).toBe(6);
});

describe.each(strategies)('$name', (strategy) => {
  test('reads what is in the store, and a second time from a cache', async () => {
    const { clock, store, start } = setUp(strategy);
    const cache = start();
    expect(await clock.until(cache.get('plan'))).toBe('free');
    expect(await clock.until(cache.get('plan'))).toBe('free');
    expect(store.counts().reads).toBe(1);
  });

  test('reads what it wrote, and so does its successor', async () => {
    const { clock, store, errors, start } = setUp(strategy);
    const cache = start();
    await clock.until(cache.get('plan'));
    await clock.until(cache.set('plan', 'pro'));
    expect(await clock.until(cache.get('plan'))).toBe('pro');
    await clock.until(cache.close());
    expect(store.peek('plan')).toBe('pro');
    expect(await clock.until(start().get('plan'))).toBe('pro');
    expect(errors).toEqual([]);
  });

  test('reads nothing where it deleted', async () => {
    const { clock, store, start } = setUp(strategy);
    const cache = start();
    await clock.until(cache.get('plan'));
    await clock.until(cache.delete('plan'));
    expect(await clock.until(cache.get('plan'))).toBeUndefined();
    await clock.until(cache.close());
    expect(store.peek('plan')).toBeUndefined();
  });

  test('refuses writes once it is closed, and ends those under way', async () => {
    const { clock, store, start } = setUp(strategy);
    const cache = start();
    const writing = cache.set('plan', 'pro');
    const closing = cache.close();
    await expect(cache.set('plan', 'team')).rejects.toThrow(CacheClosedError);
    await expect(cache.delete('plan')).rejects.toThrow(CacheClosedError);
    await clock.until(Promise.all([writing, closing]));
    expect(store.peek('plan')).toBe('pro');
  });
});

describe.each(
  strategies.filter(({ name }) =>
    ['write-through', 'write-around', 'cache-aside'].includes(name),
  ),
)('$name', (strategy) => {
  test('shares its cache with the other processes', async () => {
    const { clock, store, start } = setUp(strategy);
    const [writer, reader] = [start(), start()];
    await clock.until(reader.get('plan'));
    await clock.until(writer.set('plan', 'pro'));
    expect(await clock.until(reader.get('plan'))).toBe('pro');
    expect(await clock.until(writer.get('plan'))).toBe('pro');
    expect(store.counts().reads).toBeLessThan(3);
  });

  test('takes the key away, or mends it, if a commit fails late', async () => {
    const { clock, store, start } = setUp(strategy);
    const cache = start();
    await clock.until(cache.get('plan'));
    const lost = new Error('connection reset');
    store.loseNextAnswers(lost);
    await expect(clock.until(cache.set('plan', 'pro'))).rejects.toBe(lost);
    expect(await clock.until(cache.get('plan'))).toBe('pro');
  });

  test('goes on without its cache, and tells of its errors', async () => {
    const { clock, shared, errors, start } = setUp(strategy);
    const cache = start();
    const down = new Error('the cache is down');
    shared.breakDown(down);
    await clock.until(cache.set('plan', 'pro'));
    expect(await clock.until(cache.get('plan'))).toBe('pro');
    expect(new Set(errors)).toEqual(new Set([down]));
  });
});

test('cache-invalidation tells the other processes by the bus', async () => {
  const [strategy] = strategies.filter(
    ({ name }) => name === 'cache-invalidation',
  );
  if (strategy === undefined) throw new Error('it is missing');
  const { clock, bus, errors, start } = setUp(strategy);
  const [writer, reader] = [start(), start()];
  await clock.until(reader.get('plan'));
  await clock.until(writer.set('plan', 'pro'));
  await clock.advance(0);
  expect(await clock.until(reader.get('plan'))).toBe('pro');
  const down = new Error('the bus is down');
  bus.breakDown(down);
  await clock.until(writer.set('plan', 'team'));
  expect(errors).toEqual([down]);
});
