import { createCache } from 'cache-manager';
import { Keyv } from 'keyv';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CacheAside } from '../../strategies/cache-aside/cache-aside.ts';
import { BoundedMap } from './bounded-map.ts';
import { KeyvCache } from './keyv-cache.ts';

const ttlMs = 60_000;
const old = { value: 'old', version: 1 };
const young = { value: 'new', version: 2 };

function setUp() {
  const clock = new VirtualClock();
  const keyv = new Keyv({ throwOnErrors: true });
  const cache = new KeyvCache<string>(keyv, 'lamps', clock);
  return { clock, keyv, cache };
}

describe('a cache over Keyv', () => {
  test('gives what it was given, and knows what is known to be absent', async () => {
    const { cache } = setUp();
    expect(await cache.get('1')).toBeUndefined();
    await cache.put('1', old, ttlMs);
    expect(await cache.get('1')).toEqual(old);
    await cache.put('1', { value: undefined, version: 3 }, ttlMs);
    const absent = await cache.get('1');
    expect(absent?.version).toBe(3);
    expect(absent?.value).toBeUndefined();
    await cache.remove('1');
    expect(await cache.get('1')).toBeUndefined();
  });

  test('an older row never replaces a newer one', async () => {
    const { cache } = setUp();
    await cache.offer('1', young, ttlMs);
    await cache.offer('1', old, ttlMs);
    expect(await cache.get('1')).toEqual(young);
    await Promise.all([
      cache.offer('2', young, ttlMs),
      cache.offer('2', old, ttlMs),
    ]);
    expect(await cache.get('2')).toEqual(young);
  });

  test('one reader at a time may fill a gap', async () => {
    const { cache } = setUp();
    const found = await Promise.all([
      cache.getOrLease('1', 100),
      cache.getOrLease('1', 100),
    ]);
    expect(found.map(({ type }) => type)).toEqual(['lease', 'busy']);
    const [first] = found;
    const lease = first?.type === 'lease' ? first.lease : 0;
    expect(await cache.fill('1', old, lease, ttlMs)).toBe(true);
    expect(await cache.fill('1', young, lease, ttlMs)).toBe(false);
    expect(await cache.getOrLease('1', 100)).toEqual({ type: 'row', row: old });
  });

  test('a lease ends with a change of its key, or with its time', async () => {
    const { cache, clock } = setUp();
    const leaseOf = async (key: string) => {
      const found = await cache.getOrLease(key, 100);
      return found.type === 'lease' ? found.lease : undefined;
    };
    for (const change of [
      () => cache.remove('1'),
      () => cache.put('1', young, ttlMs).then(() => cache.remove('1')),
      () => cache.offer('1', young, ttlMs).then(() => cache.remove('1')),
      () => clock.advance(100),
    ]) {
      const lease = await leaseOf('1');
      expect(lease).toBeDefined();
      await change();
      expect(await cache.fill('1', old, lease ?? 0, ttlMs)).toBe(false);
      await clock.advance(100);
    }
    expect(await leaseOf('1')).toBeDefined();
  });

  test('keeps no row for ever, be its time below a millisecond', async () => {
    const { cache, keyv } = setUp();
    const times: unknown[] = [];
    keyv.hooks.addHandler('preSet', ({ ttl }) => times.push(ttl));
    await cache.put('1', old, 0.2);
    await cache.put('1', old, 1500.7);
    expect(times).toEqual([1, 1500]);
  });

  test('wants errors to be thrown', () => {
    const make = () => new KeyvCache(new Keyv(), 'lamps');
    expect(make).toThrow('throwOnErrors: expected true, got false');
  });

  test('tells of a read that fails, where the cache manager does not', async () => {
    const store = new Map();
    store.get = () => {
      throw new Error('connection lost');
    };
    const keyv = new Keyv({ store, throwOnErrors: true });
    expect(
      await createCache({ stores: [keyv] }).get('lamps:1'),
    ).toBeUndefined();
    const cache = new KeyvCache<string>(keyv, 'lamps');
    await expect(cache.get('1')).rejects.toThrow('connection lost');
  });

  test('tells of a removal that fails, where Keyv says nothing by itself', async () => {
    const store = new Map();
    store.delete = () => {
      throw new Error('connection lost');
    };
    const silent = new Keyv({ store });
    silent.on('error', () => {});
    expect(await silent.delete('lamps:1')).toBe(false);
    const keyv = new Keyv({ store, throwOnErrors: true });
    keyv.on('error', () => {});
    const cache = new KeyvCache<string>(keyv, 'lamps');
    await expect(cache.remove('1')).rejects.toThrow('connection lost');
  });
});

// #region race
/** A reader has the old row in hand while a writer commits and invalidates. */
async function refillRace(
  reader: KeyvCache<string>,
  writer: KeyvCache<string>,
) {
  const onCacheError = () => {};
  const asides = [reader, writer].map(
    (cache) => new CacheAside<string, string>({ cache, onCacheError }),
  );
  await asides[0]?.get('1', async () => {
    await asides[1]?.invalidate('1');
    return old;
  });
  return reader.get('1');
}

test('in one process, no reader puts back an old row', async () => {
  const { cache } = setUp();
  expect(await refillRace(cache, cache)).toBeUndefined();
});

test('of two processes, one may: until the row expires', async () => {
  const { cache, keyv } = setUp();
  const other = new KeyvCache<string>(keyv, 'lamps');
  expect(await refillRace(cache, other)).toEqual(old);
});
// #endregion race

test('a bounded map drops what was set first', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1).set('b', 2).set('a', 3).set('c', 4);
  expect([...map]).toEqual([
    ['a', 3],
    ['c', 4],
  ]);
});
