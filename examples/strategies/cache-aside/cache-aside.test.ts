import { describe, expect, test } from 'vitest';
import { longestDelayMs } from '../../shared/clock.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { LeasingCache } from '../../shared/shared-cache.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CacheAside, type CacheAsideOptions } from './cache-aside.ts';

type Value = string | number | boolean | null;
type Options = Partial<CacheAsideOptions<string, Value>>;

const down = new Error('connection refused');

/** A table and a cache that all processes share. */
function setUp({ readMs = 5 } = {}) {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, Value>({
    rows: [['plan', 'free']],
    readMs,
    clock,
  });
  const cache = new InMemoryCache<string, Value>({ getMs: 1, setMs: 1, clock });
  const errors: unknown[] = [];
  const process = (options: Options = {}) =>
    new CacheAside<string, Value>({
      cache,
      onCacheError: (error) => void errors.push(error),
      clock,
      ...options,
    });
  const get = (aside: CacheAside<string, Value>, key = 'plan') =>
    aside.get(key, (asked) => table.find(asked));
  /** Reads, and does not wait in vain. */
  const read = (aside = process(), key = 'plan') =>
    clock.until(get(aside, key));
  const invalidate = (aside = process()) =>
    clock.until(aside.invalidate('plan'));
  const commit = (value: Value) =>
    table.commit({ type: 'set', key: 'plan', value, version: 0 });
  const parts = { clock, table, cache, errors, process };
  return { ...parts, get, read, invalidate, commit };
}

/** Milliseconds that it takes. */
async function took(clock: VirtualClock, work: () => Promise<unknown>) {
  const begin = clock.now();
  await clock.until(work());
  return clock.now() - begin;
}

describe('a read', () => {
  test('asks the table on a miss, and the cache from then on', async () => {
    const { clock, table, process, get, read } = setUp();
    expect(await took(clock, () => get(process()))).toBe(7);
    expect(await took(clock, () => get(process()))).toBe(1);
    expect(await read()).toBe('free');
    expect(table.counts().reads).toBe(1);
  });

  test.each<Value>([0, '', false, null])(
    'takes %j for a value',
    async (value) => {
      const { table, read, commit } = setUp();
      commit(value);
      expect(await read()).toBe(value);
      expect(await read()).toBe(value);
      expect(table.counts().reads).toBe(1);
    },
  );

  test('remembers that there is nothing', async () => {
    const { table, read } = setUp();
    expect(await read(undefined, 'nobody')).toBeUndefined();
    expect(await read(undefined, 'nobody')).toBeUndefined();
    expect(table.counts().reads).toBe(1);
  });

  test('that finds a gap taken reads the table, and fills nothing', async () => {
    const { clock, table, cache, process, get } = setUp();
    const crowd = [process(), process(), process()].map((it) => get(it));
    await clock.until(Promise.all(crowd));
    expect(clock.now()).toBe(7);
    expect(table.counts().reads).toBe(3);
    expect(cache.counts().sets).toBe(1);
  });

  test('that fails leaves the gap to others once its lease is over', async () => {
    const { clock, table, cache, process, read } = setUp();
    const aside = process({ leaseMs: 1000 });
    table.failNextReads(down);
    await expect(read(aside)).rejects.toBe(down);
    await read(aside);
    expect(cache.peek('plan')).toBeUndefined();
    await clock.advance(1000);
    await read(aside);
    expect(cache.peek('plan')?.value).toBe('free');
  });

  test('that is slower than its lease fills nothing', async () => {
    const { cache, process, read } = setUp();
    expect(await read(process({ leaseMs: 5 }))).toBe('free');
    expect(cache.peek('plan')).toBeUndefined();
  });

  test('fills nothing that has expired on its way', async () => {
    const { cache, process, read } = setUp();
    expect(await read(process({ ttlMs: 5 }))).toBe('free');
    expect(cache.counts().sets).toBe(0);
  });

  test('finds what is cached while the table is down', async () => {
    const { clock, table, process, read } = setUp();
    const aside = process({ ttlMs: 1000 });
    await read(aside);
    table.failNextReads(down);
    expect(await read(aside)).toBe('free');
    await clock.advance(1000);
    await expect(read(aside)).rejects.toBe(down);
  });
});

describe('an invalidation', () => {
  test('takes the row away from all processes', async () => {
    const { read, commit, invalidate } = setUp();
    await read();
    commit('pro');
    expect(await read()).toBe('free');
    await invalidate();
    expect(await read()).toBe('pro');
  });

  test('takes absence away as well', async () => {
    const { table, read, commit, invalidate } = setUp();
    table.commit({ type: 'delete', key: 'plan', version: 0 });
    expect(await read()).toBeUndefined();
    commit('pro');
    await invalidate();
    expect(await read()).toBe('pro');
  });

  test('ends the lease of a reader who has found the old row', async () => {
    const { clock, process, get, read, commit, invalidate } = setUp();
    const reading = get(process());
    await clock.advance(2);
    commit('pro');
    await invalidate();
    expect(await clock.until(reading)).toBe('free');
    expect(await read()).toBe('pro');
  });
});

describe('rows without versions', () => {
  test('may all have 0: a lease does not look at it', async () => {
    const { clock, process, commit, invalidate, table } = setUp();
    const get = (aside: CacheAside<string, Value>) =>
      aside.get('plan', async (key) => {
        const { value } = await table.find(key);
        return { value, version: 0 };
      });
    const early = get(process());
    await clock.advance(2);
    commit('pro');
    await invalidate();
    expect(await clock.until(early)).toBe('free');
    expect(await clock.until(get(process()))).toBe('pro');
    commit('team');
    expect(await clock.until(get(process()))).toBe('pro');
    await invalidate();
    expect(await clock.until(get(process()))).toBe('team');
  });
});

// #region composed
test('a row that moves ends two lists that were made of it', async () => {
  const teams = new Map([['haruka', 'red']]);
  const membersOf = (team: string) =>
    [...teams.keys()].filter((id) => teams.get(id) === team);
  const cache = new InMemoryCache<string, readonly string[]>();
  const lists = new CacheAside({ cache, onCacheError: console.error });
  const read = (team: string) =>
    lists.get(`members:${team}`, async () => {
      return { value: membersOf(team), version: 0 };
    });
  expect(await read('red')).toEqual(['haruka']);
  expect(await read('blue')).toEqual([]);

  teams.set('haruka', 'blue');
  await lists.invalidate('members:red');
  await lists.invalidate('members:blue');
  expect(await read('red')).toEqual([]);
  expect(await read('blue')).toEqual(['haruka']);
});
// #endregion composed

describe('while the cache is down', () => {
  test('reads go to the table, and the errors are told', async () => {
    const { cache, errors, read, commit, invalidate } = setUp();
    cache.breakDown(down);
    expect(await read()).toBe('free');
    commit('pro');
    await invalidate();
    expect(await read()).toBe('pro');
    expect(errors).toEqual([down, down, down]);
  });

  test('a gap that cannot be filled is no error of the read', async () => {
    const { cache, errors, read } = setUp();
    cache.failNext(down);
    expect(await read()).toBe('free');
    expect(errors).toEqual([down]);
  });

  test('one that hangs holds a call up for its timeout', async () => {
    const { clock, cache, errors, process, get } = setUp();
    const aside = process({ cacheTimeoutMs: 30 });
    cache.hang();
    expect(await took(clock, () => get(aside))).toBe(35);
    expect(await took(clock, () => aside.invalidate('plan'))).toBe(30);
    const message = 'TimeoutError: no answer within 30 ms';
    expect(errors.map(String)).toEqual([message, message]);
  });

  test('one that throws at once is forgiven too', async () => {
    const { errors, process, read, invalidate } = setUp();
    const throws = () => {
      throw down;
    };
    const cache: LeasingCache<string, Value> = {
      get: throws,
      put: throws,
      offer: throws,
      remove: throws,
      getOrLease: throws,
      fill: throws,
    };
    const aside = process({ cache });
    expect(await read(aside)).toBe('free');
    await invalidate(aside);
    expect(errors).toEqual([down, down]);
  });

  test('one that restarts empty is filled again', async () => {
    const { clock, cache, process, get, read } = setUp();
    await read();
    cache.clear();
    expect(await took(clock, () => get(process()))).toBe(7);
    expect(await took(clock, () => get(process()))).toBe(1);
  });

  test('one that restarts during a read does not keep what it brings', async () => {
    const { clock, cache, process, get } = setUp();
    const reading = get(process());
    await clock.advance(2);
    cache.clear();
    expect(await clock.until(reading)).toBe('free');
    expect(cache.peek('plan')).toBeUndefined();
  });
});

describe('an invalidation that is lost', () => {
  test('leaves the old row until it expires, and no longer', async () => {
    const { clock, cache, errors, process, read, commit, invalidate } = setUp();
    const aside = process({ ttlMs: 1000 });
    await read(aside);
    cache.failNext(down);
    commit('pro');
    await invalidate(aside);
    expect(errors).toEqual([down]);
    // Asked for at 1, and 1 more on its way to the cache.
    await clock.advance(1000 - clock.now());
    expect(await read(aside)).toBe('free');
    await clock.advance(1);
    expect(await read(aside)).toBe('pro');
  });

  // #region bound
  test('leaves it no longer, however slowly a reader brought it', async () => {
    const slow = setUp({ readMs: 98 });
    const { clock, cache, process, get, read, commit, invalidate } = slow;
    const aside = process({ ttlMs: 1000, leaseMs: 200 });
    const reading = get(aside);
    await clock.advance(1);
    commit('pro');
    const committed = clock.now();
    cache.failNext(down);
    await invalidate(aside);
    await clock.until(reading);

    await clock.advance(committed + 1000 - clock.now() - 1);
    expect(await read(aside)).toBe('free');
    await clock.advance(1);
    expect(await read(aside)).toBe('pro');
  });
  // #endregion bound

  test('since it came before its commit leaves it as long', async () => {
    const { clock, process, read, commit, invalidate } = setUp();
    const aside = process({ ttlMs: 1000 });
    await read(aside);
    await invalidate(aside);
    const begin = clock.now();
    await read(aside);
    commit('pro');
    await clock.advance(begin + 1000 - clock.now());
    expect(await read(aside)).toBe('free');
    await clock.advance(1);
    expect(await read(aside)).toBe('pro');
  });

  test('by a cache that comes back older leaves it as long', async () => {
    const { clock, table, cache, errors, read, commit, invalidate } = setUp();
    await read();
    const older = table.row('plan');
    commit('pro');
    await invalidate();
    await clock.until(cache.put('plan', older, 1000));
    await clock.advance(998);
    expect(await read()).toBe('free');
    await clock.advance(1);
    expect(await read()).toBe('pro');
    expect(errors).toEqual([]);
  });

  test('for a replica that lags is a good lease for the old row', async () => {
    const { clock, process, read, commit, invalidate } = setUp();
    const replica = new InMemoryStore<string, Value>({
      rows: [['plan', 'free']],
    });
    const misled = process({ ttlMs: 1000 });
    commit('pro');
    await invalidate();
    await clock.until(misled.get('plan', (key) => replica.find(key)));
    expect(await read()).toBe('free');
    await clock.advance(1000);
    expect(await read()).toBe('pro');
  });
});

describe('an option', () => {
  const delays = `milliseconds from 0 to ${longestDelayMs}`;

  test.each(['ttlMs', 'leaseMs', 'cacheTimeoutMs'])(
    '%s must be a delay',
    (name) => {
      const { process } = setUp();
      const message = `${name}: expected ${delays}, got -1`;
      expect(() => process({ [name]: -1 })).toThrow(message);
      expect(() => process({ [name]: 0 })).not.toThrow();
    },
  );

  test('that is absent has its default', async () => {
    const { clock, cache, process, get, read } = setUp();
    const aside = process();
    await read(aside);
    await clock.advance(60_000 - clock.now() + 1);
    expect(cache.peek('plan')?.value).toBe('free');
    await clock.advance(1);
    expect(cache.peek('plan')).toBeUndefined();
    cache.hang();
    expect(await took(clock, () => get(aside))).toBe(55);
  });

  test('leaseMs is ten seconds where it is absent', async () => {
    const { clock, table, cache, process, get } = setUp();
    const fillsAfter = async (ms: number) => {
      table.hang();
      const reading = get(process());
      await clock.advance(ms);
      table.recover();
      await clock.until(reading);
      return cache.peek('plan') !== undefined;
    };
    expect(await fillsAfter(9_995)).toBe(false);
    expect(await fillsAfter(9_994)).toBe(true);
  });
});
