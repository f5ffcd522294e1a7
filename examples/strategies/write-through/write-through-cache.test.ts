import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { sleep } from '../../shared/clock.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { fartherAway } from './farther-away.ts';
import { WriteThroughCache } from './write-through-cache.ts';

const down = new Error('the database is down');
const refused = new Error('connection refused');

interface Latencies {
  readonly readMs?: number;
  readonly writeMs?: number;
  readonly setMs?: number;
}

/** The lamp is for sale, and nobody has asked for it yet. */
function setUp({ readMs = 0, writeMs = 0, setMs = 0 }: Latencies = {}) {
  const clock = new VirtualClock();
  const rows = [['lamp', '$49']] as const;
  const table = new InMemoryStore<string, string>({
    rows,
    readMs,
    writeMs,
    clock,
  });
  const cache = new InMemoryCache<string, string>({ setMs, clock });
  const errors: unknown[] = [];
  const options = {
    table,
    cache,
    ttlMs: 1000,
    onCacheError: (error: unknown) => void errors.push(error),
    clock,
  };
  const prices = new WriteThroughCache(options);
  return { clock, table, cache, errors, options, prices };
}

describe('a write', () => {
  test('is acknowledged after the table and the cache', async () => {
    const { clock, table, cache, prices } = setUp({ writeMs: 20, setMs: 1 });
    await clock.until(prices.set('lamp', '$39'));
    expect(clock.now()).toBe(21);
    expect(table.peek('lamp')).toBe('$39');
    expect(cache.peek('lamp')).toEqual(table.row('lamp'));
    await clock.until(prices.delete('lamp'));
    expect(clock.now()).toBe(42);
    expect(cache.peek('lamp')).toEqual(table.row('lamp'));
  });

  test('is one write of the table and one of the cache', async () => {
    const { table, cache, prices } = setUp();
    for (const price of ['$39', '$38', '$37']) await prices.set('lamp', price);
    expect(table.counts()).toEqual({ reads: 0, writes: 3, rows: 3 });
    expect(cache.counts()).toMatchObject({ sets: 3, removes: 0 });
  });

  test('is read by every process, without the table', async () => {
    const { table, options, prices } = setUp();
    const other = new WriteThroughCache(options);
    await prices.set('lamp', '$39');
    expect(await other.get('lamp')).toBe('$39');
    await other.delete('lamp');
    expect(await prices.get('lamp')).toBeUndefined();
    expect(table.counts().reads).toBe(0);
  });

  test.each([0, '', false, null])('may write %j', async (value) => {
    const table = new InMemoryStore<string, unknown>();
    const cache = new InMemoryCache<string, unknown>();
    const onCacheError = () => {};
    const values = new WriteThroughCache({ table, cache, onCacheError });
    await values.set('value', value);
    expect(await values.get('value')).toBe(value);
    expect(table.counts().reads).toBe(0);
    cache.clear();
    expect(await values.get('value')).toBe(value);
    expect(await values.get('value')).toBe(value);
    expect(table.counts().reads).toBe(1);
  });
});

describe('a read', () => {
  test('asks the table for what the cache does not have, once', async () => {
    const { table, prices } = setUp();
    expect(await prices.get('lamp')).toBe('$49');
    expect(await prices.get('lamp')).toBe('$49');
    expect(await prices.get('chair')).toBeUndefined();
    expect(await prices.get('chair')).toBeUndefined();
    expect(table.counts().reads).toBe(2);
  });

  test('is one for a crowd, until the cache has the row', async () => {
    const { clock, table, prices } = setUp({ readMs: 5, setMs: 1 });
    const first = prices.get('lamp');
    await clock.advance(5);
    const second = prices.get('lamp');
    const answers = await clock.until(Promise.all([first, second]));
    expect(answers).toEqual(['$49', '$49']);
    expect(table.counts().reads).toBe(1);
  });

  test('fails with the table, and the next one asks again', async () => {
    const { table, prices, errors } = setUp();
    table.failNextReads(down);
    await expect(prices.get('lamp')).rejects.toBe(down);
    expect(errors).toEqual([]);
    expect(await prices.get('lamp')).toBe('$49');
  });

  test('waits with all others of its key while the table hangs', async () => {
    const { clock, table, prices } = setUp();
    await prices.set('chair', '$180');
    table.hang();
    const crowd = Promise.all([prices.get('lamp'), prices.get('lamp')]);
    expect(await prices.get('chair')).toBe('$180');
    await clock.advance(60_000);
    table.recover();
    expect(await clock.until(crowd)).toEqual(['$49', '$49']);
    expect(table.counts().reads).toBe(1);
  });

  test('of a minute ago is made anew, if nothing else is said', async () => {
    const { clock, table, cache, options } = setUp();
    const { ttlMs, ...others } = options;
    const prices = new WriteThroughCache(others);
    await prices.get('lamp');
    await clock.advance(59_999);
    expect(cache.peek('lamp')).toBeDefined();
    await clock.advance(1);
    await prices.get('lamp');
    expect(table.counts().reads).toBe(2);
  });
});

describe('an invalidation', () => {
  const patch = (table: InMemoryStore<string, string>) =>
    table.commit({ type: 'set', key: 'lamp', value: '$19', version: 0 });

  test('is for a row that somebody else has written', async () => {
    const { table, prices } = setUp();
    await prices.get('lamp');
    patch(table);
    expect(await prices.get('lamp')).toBe('$49');
    await prices.invalidate('lamp');
    expect(await prices.get('lamp')).toBe('$19');
  });

  test('ends the reads from before: none of them brings it back', async () => {
    const { clock, table, cache, prices } = setUp({ readMs: 5 });
    const early = prices.get('lamp');
    await clock.advance(1);
    patch(table);
    await prices.invalidate('lamp');
    expect(await clock.until(early)).toBe('$49');
    expect(cache.counts().sets).toBe(0);
    expect(await clock.until(prices.get('lamp'))).toBe('$19');
  });

  test('ends a row that comes to the cache after it', async () => {
    const { clock, table, cache, options } = setUp();
    let wayMs = 10;
    const prices = new WriteThroughCache({
      ...options,
      cache: {
        get: (key) => cache.get(key),
        put: (key, row, ttlMs) => cache.put(key, row, ttlMs),
        remove: (key) => cache.remove(key),
        async offer(key, row, ttlMs) {
          await sleep(clock, wayMs);
          await cache.offer(key, row, ttlMs);
        },
      },
    });
    const early = prices.get('lamp');
    await clock.advance(1);
    patch(table);
    await prices.invalidate('lamp');
    await clock.until(early);
    wayMs = 0;
    expect(await prices.get('lamp')).toBe('$19');
  });

  test('ends a write that is committed and not yet answered', async () => {
    const { clock, table, cache, options } = setUp();
    const prices = new WriteThroughCache({
      ...options,
      table: {
        find: (key) => table.find(key),
        remove: (key) => table.remove(key),
        async put(key, value) {
          const row = await table.put(key, value);
          await sleep(clock, 10);
          return row;
        },
      },
    });
    const written = prices.set('lamp', '$39');
    await clock.advance(1);
    patch(table);
    await prices.invalidate('lamp');
    await clock.until(written);
    expect(cache.counts().sets).toBe(0);
    expect(await prices.get('lamp')).toBe('$19');
  });

  test('of one key leaves the reads of others alone', async () => {
    const { clock, cache, prices } = setUp({ readMs: 5 });
    const read = prices.get('lamp');
    await clock.advance(1);
    await prices.invalidate('chair');
    await clock.until(read);
    expect(cache.peek('lamp')?.value).toBe('$49');
  });

  test('that the cache refuses is told, and holds up nobody', async () => {
    const { cache, prices, errors } = setUp();
    cache.failNext(refused);
    await prices.invalidate('lamp');
    expect(errors).toEqual([refused]);
  });
});

describe('two processes', () => {
  test('leave the later price in the cache, whoever comes last', async () => {
    const { clock, table, cache, options } = setUp();
    const far = fartherAway(cache, clock, 10);
    const a = new WriteThroughCache({ ...options, cache: far });
    const b = new WriteThroughCache(options);
    const writes = [a.set('lamp', '$39'), b.set('lamp', '$29')];
    await clock.until(Promise.all(writes));
    expect(table.peek('lamp')).toBe('$29');
    expect(await b.get('lamp')).toBe('$29');
  });

  test('do not undo a delete by a read from before it', async () => {
    const { clock, cache, options } = setUp();
    const far = fartherAway(cache, clock, 10);
    const a = new WriteThroughCache({ ...options, cache: far });
    const b = new WriteThroughCache(options);
    const read = a.get('lamp');
    await clock.advance(10);
    await b.delete('lamp');
    expect(await clock.until(read)).toBe('$49');
    expect(await b.get('lamp')).toBeUndefined();
  });

  test('cannot compare with what the cache has forgotten', async () => {
    const { clock, cache, options } = setUp();
    const far = fartherAway(cache, clock, 10);
    const a = new WriteThroughCache({ ...options, cache: far });
    const b = new WriteThroughCache(options);
    const read = a.get('lamp');
    await clock.advance(10);
    await b.set('lamp', '$39');
    cache.clear();
    await clock.until(read);
    expect(await b.get('lamp')).toBe('$49');
  });

  test('cannot compare with what the cache never took, until it expires', async () => {
    const { clock, cache, options } = setUp();
    const far = fartherAway(cache, clock, 10);
    const a = new WriteThroughCache({ ...options, cache: far });
    const b = new WriteThroughCache(options);
    const read = a.get('lamp');
    await clock.advance(10);
    cache.failNext(refused);
    await b.set('lamp', '$39');
    await clock.until(read);
    expect(cache.counts().removes).toBe(1);
    await clock.advance(999);
    expect(await b.get('lamp')).toBe('$49');
    await clock.advance(1);
    expect(await b.get('lamp')).toBe('$39');
  });
});

describe('where the cache fails a write', () => {
  test('the old price is removed, and the write acknowledged', async () => {
    const { cache, prices, errors } = setUp();
    await prices.get('lamp');
    cache.failNext(refused);
    await prices.set('lamp', '$39');
    expect(errors).toEqual([refused]);
    expect(cache.counts().removes).toBe(1);
    expect(await prices.get('lamp')).toBe('$39');
  });

  test('and removes the key, no read from before brings it back', async () => {
    const { clock, cache, prices } = setUp({ readMs: 5 });
    const before = prices.get('lamp');
    await clock.advance(1);
    cache.failNext(refused);
    await prices.set('lamp', '$39');
    expect(await clock.until(before)).toBe('$49');
    expect(await clock.until(prices.get('lamp'))).toBe('$39');
  });

  test('and removes the key, no look from before brings it back', async () => {
    const { clock, table, cache, prices } = setUp({ readMs: 5 });
    table.failNextWrites(down);
    const failed = prices.set('lamp', '$59').catch((error: unknown) => error);
    await clock.advance(1);
    cache.failNext(refused);
    await prices.set('lamp', '$39');
    expect(await clock.until(failed)).toBe(down);
    expect(await clock.until(prices.get('lamp'))).toBe('$39');
  });

  // #region bound
  test('and its removal, the old price is read until it expires', async () => {
    const { clock, cache, prices, errors } = setUp();
    await prices.get('lamp');
    cache.failNext(refused, refused);
    await prices.set('lamp', '$39');
    expect(errors).toEqual([refused, refused]);
    await clock.advance(999);
    expect(await prices.get('lamp')).toBe('$49');
    await clock.advance(1);
    expect(await prices.get('lamp')).toBe('$39');
  });
  // #endregion bound

  test('it is read no longer, however slowly a read brought it', async () => {
    const latencies = { readMs: 50, writeMs: 20 };
    const { clock, cache, options, prices } = setUp(latencies);
    const other = new WriteThroughCache(options);
    const read = other.get('lamp');
    cache.failNext(refused, refused);
    await clock.until(prices.set('lamp', '$39'));
    await clock.until(read);
    expect(clock.now()).toBe(50);
    await clock.advance(949);
    expect(await clock.until(prices.get('lamp'))).toBe('$49');
    await clock.advance(1);
    expect(await clock.until(prices.get('lamp'))).toBe('$39');
  });

  test('it is read no longer, however slowly it was confirmed', async () => {
    const { clock, cache, options } = setUp({ writeMs: 20 });
    const prices = new WriteThroughCache({ ...options, ttlMs: 100 });
    await clock.until(prices.set('lamp', '$39'));
    await clock.advance(79);
    expect(cache.peek('lamp')?.value).toBe('$39');
    await clock.advance(1);
    expect(cache.peek('lamp')).toBeUndefined();
  });

  test('nothing is offered that has expired on its way', async () => {
    const { clock, cache, options } = setUp({ readMs: 5, writeMs: 20 });
    const prices = new WriteThroughCache({ ...options, ttlMs: 5 });
    expect(await clock.until(prices.get('lamp'))).toBe('$49');
    await clock.until(prices.set('lamp', '$39'));
    expect(cache.counts()).toMatchObject({ sets: 0, removes: 1 });
  });
});

describe('a cache that is gone', () => {
  test('leaves reads and writes to the table', async () => {
    const { table, cache, prices } = setUp();
    cache.breakDown();
    expect(await prices.get('lamp')).toBe('$49');
    await prices.set('lamp', '$39');
    expect(await prices.get('lamp')).toBe('$39');
    await prices.delete('lamp');
    expect(await prices.get('lamp')).toBeUndefined();
    expect(table.counts()).toEqual({ reads: 3, writes: 2, rows: 2 });
  });

  test('does not make a read join one from before a write', async () => {
    const { clock, cache, prices } = setUp({ readMs: 5 });
    cache.breakDown();
    const before = prices.get('lamp');
    await clock.advance(1);
    await prices.set('lamp', '$39');
    const after = prices.get('lamp');
    const answers = await clock.until(Promise.all([before, after]));
    expect(answers).toEqual(['$49', '$39']);
  });

  test('holds nobody up for long if it hangs', async () => {
    const latencies = { readMs: 5, writeMs: 20 };
    const { clock, cache, prices, errors } = setUp(latencies);
    cache.hang();
    await clock.until(prices.set('lamp', '$39'));
    expect(clock.now()).toBe(120);
    expect(await clock.until(prices.get('lamp'))).toBe('$39');
    expect(clock.now()).toBe(225);
    expect(errors.map(String)).toEqual(
      Array(4).fill('TimeoutError: no answer within 50 ms'),
    );
  });

  test('is waited for as long as it is told', async () => {
    const { clock, cache, options } = setUp();
    const prices = new WriteThroughCache({ ...options, cacheTimeoutMs: 10 });
    cache.hang();
    await clock.until(prices.set('lamp', '$39'));
    expect(clock.now()).toBe(20);
  });

  test('is believed when it comes back older, until that expires', async () => {
    const { clock, table, cache, prices, errors } = setUp();
    await prices.get('lamp');
    const older = table.row('lamp');
    await prices.set('lamp', '$39');
    cache.clear();
    await cache.put('lamp', older, 1000);
    await clock.advance(999);
    expect(await prices.get('lamp')).toBe('$49');
    await clock.advance(1);
    expect(await prices.get('lamp')).toBe('$39');
    expect(errors).toEqual([]);
  });

  test('is filled again when it comes back empty', async () => {
    const { table, cache, prices } = setUp();
    await prices.set('lamp', '$39');
    cache.clear();
    expect(await prices.get('lamp')).toBe('$39');
    expect(await prices.get('lamp')).toBe('$39');
    expect(table.counts().reads).toBe(1);
  });
});

describe('a table that fails a write', () => {
  test('leaves the old price to readers, who do not need it', async () => {
    const { table, prices, errors } = setUp();
    await prices.get('lamp');
    table.failNextWrites(down, down);
    table.failNextReads(down, down);
    await expect(prices.set('lamp', '$39')).rejects.toBe(down);
    await expect(prices.delete('lamp')).rejects.toBe(down);
    expect(errors).toEqual([down, down]);
    expect(await prices.get('lamp')).toBe('$49');
    expect(table.peek('lamp')).toBe('$49');
  });

  test('but has stored it, is looked at before the error is told', async () => {
    const { table, cache, prices, errors } = setUp();
    const lost = new Error('connection reset');
    await prices.get('lamp');
    table.loseNextAnswers(lost);
    await expect(prices.set('lamp', '$39')).rejects.toBe(lost);
    expect(await prices.get('lamp')).toBe('$39');
    table.loseNextAnswers(lost);
    await expect(prices.delete('lamp')).rejects.toBe(lost);
    expect(await prices.get('lamp')).toBeUndefined();
    expect(cache.peek('lamp')).toEqual(table.row('lamp'));
    expect(errors).toEqual([]);
  });

  test('but has stored it, has the old price removed where the cache refuses the new', async () => {
    const { table, cache, prices, errors } = setUp();
    await prices.get('lamp');
    table.loseNextAnswers(down);
    cache.failNext(refused);
    await expect(prices.set('lamp', '$39')).rejects.toBe(down);
    expect(errors).toEqual([refused]);
    expect(await prices.get('lamp')).toBe('$39');
  });

  test('but has stored it and is down has the old price read until it expires', async () => {
    const { clock, table, prices, errors } = setUp();
    await prices.get('lamp');
    table.loseNextAnswers(down);
    table.failNextReads(down);
    await expect(prices.set('lamp', '$39')).rejects.toBe(down);
    expect(errors).toEqual([down]);
    await clock.advance(999);
    expect(await prices.get('lamp')).toBe('$49');
    await clock.advance(1);
    expect(await prices.get('lamp')).toBe('$39');
  });

  test('but stores it after its error has the old price read until it expires', async () => {
    const { clock, table, prices, errors } = setUp();
    table.failNextWrites(down);
    await expect(prices.set('lamp', '$39')).rejects.toBe(down);
    table.commit({ type: 'set', key: 'lamp', value: '$39', version: 0 });
    await clock.advance(999);
    expect(await prices.get('lamp')).toBe('$49');
    await clock.advance(1);
    expect(await prices.get('lamp')).toBe('$39');
    expect(errors).toEqual([]);
  });

  test('but has stored it, is believed over an earlier write that is answered late', async () => {
    const { clock, table, options } = setUp({ readMs: 20 });
    const prices = new WriteThroughCache({
      ...options,
      table: {
        find: (key) => table.find(key),
        remove: (key) => table.remove(key),
        async put(key, value) {
          const row = await table.put(key, value);
          if (value === '$29') throw down;
          await sleep(clock, 10);
          return row;
        },
      },
    });
    const early = prices.set('lamp', '$39');
    await expect(clock.until(prices.set('lamp', '$29'))).rejects.toBe(down);
    await early;
    expect(await prices.get('lamp')).toBe('$29');
  });

  test('is asked anew, not by a read that is under way', async () => {
    const { clock, table, prices } = setUp({ readMs: 5 });
    const before = prices.get('lamp');
    await clock.advance(1);
    table.loseNextAnswers(down);
    const write = prices.set('lamp', '$39');
    await expect(clock.until(write)).rejects.toBe(down);
    expect(await before).toBe('$49');
    expect(await clock.until(prices.get('lamp'))).toBe('$39');
  });
});

test('a write within a transaction is read although that rolls back', async () => {
  const { table, options, prices } = setUp();
  const transaction = {
    find: (key: string) => table.find(key),
    put: async (_: string, value: string) => ({ value, version: 1 }),
    remove: async () => ({ value: undefined, version: 1 }),
  };
  const within = new WriteThroughCache({ ...options, table: transaction });
  await within.set('lamp', '$39');
  expect(table.peek('lamp')).toBe('$49');
  expect(await prices.get('lamp')).toBe('$39');
});

describe('a process that dies', () => {
  test('takes nothing along that was acknowledged', async () => {
    const { cache, options, prices } = setUp();
    await prices.set('lamp', '$39');
    await prices.set('chair', '$129');
    cache.clear();
    const next = new WriteThroughCache(options);
    expect(await next.get('lamp')).toBe('$39');
    expect(await next.get('chair')).toBe('$129');
  });

  test('between the two leaves the old price until it expires', async () => {
    const { clock, table, cache, options } = setUp();
    const dying = new WriteThroughCache({
      ...options,
      table: {
        find: (key) => table.find(key),
        async put(key, value) {
          await table.put(key, value);
          return new Promise(() => {});
        },
        remove: (key) => table.remove(key),
      },
    });
    await dying.get('lamp');
    void dying.set('lamp', '$39');
    await clock.advance(999);
    expect(table.peek('lamp')).toBe('$39');
    const next = new WriteThroughCache({ ...options, cache });
    expect(await next.get('lamp')).toBe('$49');
    await clock.advance(1);
    expect(await next.get('lamp')).toBe('$39');
  });
});

describe('close', () => {
  test('refuses writes, and lets reads go on', async () => {
    const { table, prices } = setUp();
    await prices.close();
    await expect(prices.set('lamp', '$39')).rejects.toThrow(CacheClosedError);
    await expect(prices.delete('lamp')).rejects.toThrow('it is closed');
    expect(table.counts().writes).toBe(0);
    expect(await prices.get('lamp')).toBe('$49');
  });

  test('waits for the writes under way, however they end', async () => {
    const { clock, table, cache, prices } = setUp({ writeMs: 20, setMs: 1 });
    table.failNextWrites(down);
    const failing = expect(prices.set('chair', '$129')).rejects.toBe(down);
    await clock.advance(5);
    const write = prices.set('lamp', '$39');
    const closings = [prices.close(), prices.close()];
    await expect(prices.set('lamp', '$29')).rejects.toThrow(CacheClosedError);
    await clock.until(Promise.all(closings));
    expect(clock.now()).toBe(26);
    expect(cache.peek('lamp')?.value).toBe('$39');
    await Promise.all([failing, write]);
  });

  test('may be called again', async () => {
    const { prices } = setUp();
    await prices.close();
    await prices.close();
  });
});

test.each([
  [{ ttlMs: -1 }, 'ttlMs: expected milliseconds from 0 to 2147483647, got -1'],
  [
    { cacheTimeoutMs: Number.NaN },
    'cacheTimeoutMs: expected milliseconds from 0 to 2147483647, got NaN',
  ],
])('an option that cannot be meant is refused: %j', (option, message) => {
  const { options } = setUp();
  const create = () => new WriteThroughCache({ ...options, ...option });
  expect(create).toThrow(new RangeError(message));
});
