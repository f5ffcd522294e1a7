import { describe, expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { TimeoutError } from '../../shared/timeout.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  ReadThroughCache,
  type ReadThroughOptions,
} from './read-through-cache.ts';

type Options = Partial<ReadThroughOptions<string, unknown>>;

/** Values are fresh for 1,000 ms and take 10 ms to load, unless told. */
function setUp(options: Options = {}) {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, unknown>({
    rows: [['a', 1]],
    readMs: 10,
    clock,
  });
  const told: unknown[] = [];
  const cache = new ReadThroughCache<string, unknown>({
    load: (key) => table.read(key),
    onLoadError: (error) => told.push(error),
    ttlMs: 1000,
    negativeTtlMs: 100,
    timeoutMs: 50,
    retryAfterMs: 20,
    clock,
    random: () => 0,
    ...options,
  });
  const commit = (key: string, value: unknown) => {
    table.commit({ type: 'set', key, value, version: 0 });
  };
  /** What a read answers, and how long it takes. */
  const read = async (key = 'a') => {
    const begin = clock.now();
    const value = await clock.until(cache.get(key));
    return { value, ms: clock.now() - begin };
  };
  const failureOf = (key = 'a') =>
    clock.until(cache.get(key)).then(
      (value) => ({ value }),
      (error: unknown) => error,
    );
  return { clock, table, cache, told, commit, read, failureOf };
}

const down = new Error('the database is down');

describe('a read', () => {
  test('loads what is not there, and is answered from memory then', async () => {
    const { table, read } = setUp();
    expect(await read()).toEqual({ value: 1, ms: 10 });
    expect(await read()).toEqual({ value: 1, ms: 0 });
    expect(table.counts().reads).toBe(1);
  });

  test('shares its load with a hundred that come meanwhile', async () => {
    const { clock, table, cache } = setUp();
    const crowd = Array.from({ length: 100 }, () => cache.get('a'));
    expect(new Set(await clock.until(Promise.all(crowd)))).toEqual(
      new Set([1]),
    );
    expect(table.counts().reads).toBe(1);
  });

  test('does not wait for the load of another key', async () => {
    const { clock, cache, read } = setUp({
      load: (key) =>
        key === 'slow' ? new Promise(() => {}) : Promise.resolve(2),
    });
    const slow = cache.get('slow').catch((error: unknown) => error);
    expect(await read()).toEqual({ value: 2, ms: 0 });
    expect(await clock.until(slow)).toBeInstanceOf(TimeoutError);
  });

  test.each([[0], [''], [false], [null], [Number.NaN]])(
    'keeps %j like any other value',
    async (value) => {
      const { table, commit, read } = setUp();
      commit('a', value);
      await read();
      expect(await read()).toEqual({ value, ms: 0 });
      expect(table.counts().reads).toBe(1);
    },
  );

  test('drops the least recently used key beyond maxEntries', async () => {
    const { read } = setUp({ maxEntries: 2 });
    for (const key of ['a', 'b', 'a', 'c']) await read(key);
    expect((await read('a')).ms).toBe(0);
    expect((await read('c')).ms).toBe(0);
    expect((await read('b')).ms).toBe(10);
  });
});

describe('expiry', () => {
  test('counts from when the load began', async () => {
    const { clock, read } = setUp();
    await read();
    await clock.advance(989);
    expect((await read()).ms).toBe(0);
    await clock.advance(1);
    expect((await read()).ms).toBe(10);
  });

  test('comes up to a tenth earlier, as chance will', async () => {
    const { clock, read } = setUp({ random: () => 0.5 });
    await read();
    await clock.advance(939);
    expect((await read()).ms).toBe(0);
    await clock.advance(1);
    expect((await read()).ms).toBe(10);
  });

  test('comes sooner for what is not there', async () => {
    const { clock, commit, read } = setUp();
    expect(await read('b')).toEqual({ value: undefined, ms: 10 });
    commit('b', 2);
    await clock.advance(89);
    expect(await read('b')).toEqual({ value: undefined, ms: 0 });
    await clock.advance(1);
    expect(await read('b')).toEqual({ value: 2, ms: 10 });
  });
});

describe('a load that fails', () => {
  test('gives all who wait its error, and is not kept', async () => {
    const { clock, table, cache, told, read } = setUp();
    table.failNextReads(down);
    const crowd = Promise.allSettled([cache.get('a'), cache.get('a')]);
    const error = { status: 'rejected', reason: down };
    expect(await clock.until(crowd)).toEqual([error, error]);
    expect(told).toEqual([]);
    expect(await read()).toEqual({ value: 1, ms: 10 });
  });

  test('gives its error where it fails before it returns a promise', async () => {
    const { failureOf } = setUp({
      load: () => {
        throw down;
      },
    });
    expect(await failureOf()).toBe(down);
  });

  test('is stood in for by the old value, and told', async () => {
    const { clock, table, told, read } = setUp({ staleIfErrorMs: 500 });
    await read();
    await clock.advance(1000);
    table.failNextReads(down);
    expect(await read()).toEqual({ value: 1, ms: 10 });
    expect(told).toEqual([down]);
  });

  test('is not tried again for a while, where an old value stands in', async () => {
    const { clock, table, commit, read } = setUp({ staleIfErrorMs: 500 });
    await read();
    await clock.advance(1000);
    commit('a', 2);
    table.failNextReads(down);
    await read();
    await clock.advance(19);
    expect(await read()).toEqual({ value: 1, ms: 0 });
    await clock.advance(1);
    expect(await read()).toEqual({ value: 2, ms: 10 });
  });

  test('gives its error once the old value is too old', async () => {
    const { clock, table, told, failureOf, read } = setUp({
      staleIfErrorMs: 500,
    });
    await read();
    // The value was asked for at 0, and this load ends at 1,500.
    await clock.advance(1480);
    table.failNextReads(down);
    expect(await failureOf()).toBe(down);
    expect(told).toEqual([]);
  });

  test('never makes an old value last longer, however often it is tried', async () => {
    const { clock, table, failureOf, read } = setUp({
      staleIfErrorMs: 500,
      retryAfterMs: 400,
    });
    await read();
    await clock.advance(1190);
    table.failNextReads(down, down);
    expect((await read()).value).toBe(1);
    await clock.advance(289);
    expect(await read()).toEqual({ value: 1, ms: 0 });
    await clock.advance(1);
    expect(await failureOf()).toBe(down);
  });

  test('is not stood in for by what was not there', async () => {
    const { clock, table, failureOf, read } = setUp({ staleIfErrorMs: 500 });
    await read('b');
    await clock.advance(100);
    table.failNextReads(down);
    expect(await failureOf('b')).toBe(down);
  });
});

describe('a load that hangs', () => {
  test('ends with a TimeoutError, for whoever came last too', async () => {
    const { clock, table, cache, failureOf } = setUp();
    table.hang();
    const first = cache.get('a').catch((error: unknown) => error);
    await clock.advance(40);
    expect(await failureOf()).toBeInstanceOf(TimeoutError);
    expect(await first).toBeInstanceOf(TimeoutError);
    expect(clock.now()).toBe(50);
  });

  test('is stood in for by the old value after the timeout, then at once', async () => {
    const { clock, table, told, read } = setUp({ staleIfErrorMs: 500 });
    await read();
    await clock.advance(1000);
    table.hang();
    expect(await read()).toEqual({ value: 1, ms: 50 });
    expect(await read()).toEqual({ value: 1, ms: 0 });
    expect(told).toEqual([new TimeoutError('no answer within 50 ms')]);
  });

  test('does not put its late answer over a newer one', async () => {
    const answers: ((value: number) => void)[] = [];
    const { cache, failureOf, read } = setUp({
      load: () => new Promise((resolve) => answers.push(resolve)),
    });
    expect(await failureOf()).toBeInstanceOf(TimeoutError);
    const second = cache.get('a');
    await Promise.resolve();
    answers[1]?.(2);
    expect(await second).toBe(2);
    answers[0]?.(1);
    expect(await read()).toEqual({ value: 2, ms: 0 });
    expect(answers).toHaveLength(2);
  });

  test('is one that reads its own key, until the timeout', async () => {
    const nested: ReadThroughCache<string, unknown>[] = [];
    const { cache, failureOf } = setUp({
      load: async (key) => nested[0]?.get(key),
    });
    nested.push(cache);
    expect(await failureOf()).toBeInstanceOf(TimeoutError);
  });

  test('may fail late, unheard', async () => {
    const failures: ((error: Error) => void)[] = [];
    const { failureOf, read } = setUp({
      load: () =>
        failures.length > 0
          ? Promise.resolve(2)
          : new Promise((_, reject) => failures.push(reject)),
    });
    expect(await failureOf()).toBeInstanceOf(TimeoutError);
    failures[0]?.(down);
    expect(await read()).toEqual({ value: 2, ms: 0 });
  });
});

describe('a refresh ahead', () => {
  const ahead = { refreshAheadMs: 200 };

  test('is started once by whoever reads late, and waits for nobody', async () => {
    const { clock, table, commit, read } = setUp(ahead);
    await read();
    commit('a', 2);
    await clock.advance(789);
    expect(await read()).toEqual({ value: 1, ms: 0 });
    expect(table.counts().reads).toBe(1);
    await clock.advance(1);
    expect(await read()).toEqual({ value: 1, ms: 0 });
    expect(await read()).toEqual({ value: 1, ms: 0 });
    await clock.advance(10);
    expect(await read()).toEqual({ value: 2, ms: 0 });
    expect(table.counts().reads).toBe(2);
  });

  test('spares a hot key every further miss', async () => {
    const { clock, table, read } = setUp(ahead);
    await read();
    for (let reads = 0; reads < 100; reads += 1) {
      await clock.advance(190);
      expect((await read()).ms).toBe(0);
    }
    expect(table.counts().reads).toBeGreaterThan(15);
  });

  test('leaves a cold key to expire', async () => {
    const { clock, table, read } = setUp(ahead);
    await read();
    await clock.advance(5000);
    expect(table.counts().reads).toBe(1);
    expect((await read()).ms).toBe(10);
  });

  test('keeps the old value where it fails, until that expires', async () => {
    const { clock, table, told, failureOf, read } = setUp(ahead);
    await read();
    await clock.advance(790);
    table.failNextReads(down, down);
    await read();
    await clock.advance(29);
    expect(told).toEqual([down]);
    // The retry is not due.
    expect((await read()).ms).toBe(0);
    expect(table.counts().reads).toBe(2);
    await clock.advance(171);
    expect(await failureOf()).toBe(down);
  });

  test('is tried again a while after it has failed', async () => {
    const { clock, table, commit, read } = setUp(ahead);
    await read();
    commit('a', 2);
    await clock.advance(790);
    table.failNextReads(down);
    await read();
    await clock.advance(30);
    expect(await read()).toEqual({ value: 1, ms: 0 });
    await clock.advance(10);
    expect(await read()).toEqual({ value: 2, ms: 0 });
  });

  test('tells its error where nothing is left to stand in', async () => {
    const { clock, table, cache, told, read } = setUp({
      ...ahead,
      maxEntries: 1,
    });
    await read();
    await clock.advance(790);
    table.failNextReads(down);
    await read();
    cache.forget('a');
    await clock.advance(10);
    expect(told).toEqual([down]);
  });

  test('is joined by whoever comes after the expiry', async () => {
    const { clock, table, cache, read } = setUp(ahead);
    await read();
    await clock.advance(985);
    await cache.get('a');
    await clock.advance(6);
    expect((await read()).ms).toBe(4);
    expect(table.counts().reads).toBe(2);
  });

  test('that hangs tells its error once, however many have read', async () => {
    const { clock, table, cache, told, read } = setUp(ahead);
    await read();
    await clock.advance(790);
    table.hang();
    for (let reads = 0; reads < 100; reads += 1) await read();
    cache.forget('a');
    await clock.advance(50);
    expect(told).toEqual([new TimeoutError('no answer within 50 ms')]);
  });

  test('is not due at once, however early chance lets the value end', async () => {
    const { clock, table, read } = setUp({
      refreshAheadMs: 950,
      random: () => 0.99,
    });
    await read();
    await read();
    await clock.advance(10);
    expect(table.counts().reads).toBe(1);
  });

  test('is not made of what is not there', async () => {
    const { clock, table, read } = setUp(ahead);
    await read('b');
    await clock.advance(80);
    await read('b');
    expect(table.counts().reads).toBe(1);
  });
});

describe('a key that is forgotten', () => {
  test('is loaded anew', async () => {
    const { cache, commit, read } = setUp();
    await read();
    commit('a', 2);
    cache.forget('a');
    expect(await read()).toEqual({ value: 2, ms: 10 });
  });

  // #region overtaken
  test('is not filled by a load from before', async () => {
    const { clock, cache, commit, read } = setUp();
    const before = cache.get('a');
    await clock.advance(5);
    commit('a', 2);
    cache.forget('a');
    expect(await clock.until(before)).toBe(1);
    expect(await read()).toEqual({ value: 2, ms: 10 });
  });
  // #endregion overtaken

  test('is loaded anew by whoever comes while that load is under way', async () => {
    const { clock, cache, commit, read } = setUp();
    const before = cache.get('a');
    await clock.advance(5);
    commit('a', 2);
    cache.forget('a');
    expect((await read()).value).toBe(2);
    expect(await before).toBe(1);
    expect(await read()).toEqual({ value: 2, ms: 0 });
  });

  test('keeps its newer value where that load fails', async () => {
    const failures: ((error: Error) => void)[] = [];
    const { clock, cache, told, read } = setUp({
      load: () =>
        failures.length > 0
          ? Promise.resolve(2)
          : new Promise((_, reject) => failures.push(reject)),
      refreshAheadMs: 200,
    });
    const before = cache.get('a');
    await Promise.resolve();
    cache.forget('a');
    expect((await read()).value).toBe(2);
    failures[0]?.(down);
    expect(await before).toBe(2);
    expect(told).toEqual([down]);
    // As fresh as before: no retry is due.
    failures.length = 0;
    await clock.advance(700);
    await read();
    expect(failures).toHaveLength(0);
  });

  test('has no old value that could stand in', async () => {
    const { table, cache, failureOf, read } = setUp({ staleIfErrorMs: 500 });
    await read();
    cache.forget('a');
    table.failNextReads(down);
    expect(await failureOf()).toBe(down);
  });
});

describe('a key that is expired', () => {
  test('is loaded anew', async () => {
    const { cache, commit, read } = setUp({ refreshAheadMs: 200 });
    await read();
    commit('a', 2);
    cache.expire('a');
    expect(await read()).toEqual({ value: 2, ms: 10 });
  });

  test('is not filled by a load from before', async () => {
    const { clock, cache, commit, read } = setUp();
    const before = cache.get('a');
    await clock.advance(5);
    commit('a', 2);
    cache.expire('a');
    await clock.until(before);
    expect((await read()).value).toBe(2);
  });

  test('gives its old value where the load fails', async () => {
    const { table, cache, told, read } = setUp();
    await read();
    cache.expire('a');
    table.failNextReads(down);
    expect(await read()).toEqual({ value: 1, ms: 10 });
    expect(told).toEqual([down]);
  });

  test('is loaded anew although a load from before has failed', async () => {
    const { clock, table, cache, commit, read } = setUp({
      refreshAheadMs: 200,
    });
    await read();
    await clock.advance(790);
    table.failNextReads(down);
    await read();
    commit('a', 2);
    cache.expire('a');
    await clock.advance(10);
    expect((await read()).value).toBe(2);
  });

  test('gives the error where it was known to be absent', async () => {
    const { table, cache, failureOf, read } = setUp();
    expect((await read('b')).value).toBeUndefined();
    cache.expire('b');
    table.failNextReads(down);
    expect(await failureOf('b')).toBe(down);
  });
});

describe('close', () => {
  test('waits for the refresh under way, as often as it is called', async () => {
    const { clock, cache, read } = setUp({ refreshAheadMs: 200 });
    await read();
    await clock.advance(790);
    await read();
    const begin = clock.now();
    await clock.until(Promise.all([cache.close(), cache.close()]));
    expect(clock.now() - begin).toBe(10);
    await cache.close();
  });

  test('lets reads go on, and refreshes nothing any more', async () => {
    const { clock, table, cache, read } = setUp({ refreshAheadMs: 200 });
    await read();
    await cache.close();
    await clock.advance(790);
    expect((await read()).value).toBe(1);
    await clock.advance(100);
    expect(table.counts().reads).toBe(1);
    expect((await read('b')).ms).toBe(10);
  });
});

describe('options', () => {
  const load = async () => 1;
  const onLoadError = () => {};

  test.each([
    'ttlMs',
    'negativeTtlMs',
    'refreshAheadMs',
    'timeoutMs',
    'staleIfErrorMs',
    'retryAfterMs',
  ])('%s must be a delay', (name) => {
    const options = { load, onLoadError, [name]: -1 };
    expect(() => new ReadThroughCache(options)).toThrow(
      `${name}: expected milliseconds from 0 to 2147483647, got -1`,
    );
  });

  test('maxEntries must be a size', () => {
    const options = { load, onLoadError, maxEntries: 0 };
    expect(() => new ReadThroughCache(options)).toThrow(
      'maxEntries: expected a whole number above 0, got 0',
    );
  });

  test('refreshAheadMs must leave a part of ttlMs', () => {
    const options = { load, onLoadError, ttlMs: 10, refreshAheadMs: 10 };
    expect(() => new ReadThroughCache(options)).toThrow(
      'refreshAheadMs: expected less than ttlMs, which is 10, got 10',
    );
    expect(
      () => new ReadThroughCache({ load, onLoadError, ttlMs: 0 }),
    ).not.toThrow();
  });

  test('have defaults for what fails', async () => {
    const clock = new VirtualClock();
    const told: unknown[] = [];
    let answer: () => Promise<number> = async () => 1;
    const cache = new ReadThroughCache({
      load: () => answer(),
      onLoadError: (error) => told.push(error),
      ttlMs: 10_000,
      staleIfErrorMs: 10_000,
      clock,
      random: () => 0,
    });
    await cache.get('a');
    await clock.advance(10_000);
    answer = () => new Promise(() => {});
    expect(await clock.until(cache.get('a'))).toBe(1);
    expect(told).toEqual([new TimeoutError('no answer within 5000 ms')]);
    answer = async () => 2;
    await clock.advance(999);
    expect(await cache.get('a')).toBe(1);
    await clock.advance(1);
    expect(await cache.get('a')).toBe(2);

    const strict = new ReadThroughCache({
      load: () => answer(),
      onLoadError,
      ttlMs: 10,
      clock,
      random: () => 0,
    });
    await strict.get('a');
    await clock.advance(10);
    answer = () => Promise.reject(down);
    await expect(strict.get('a')).rejects.toBe(down);
  });

  test('have defaults', async () => {
    const clock = new VirtualClock();
    let loads = 0;
    const counted = async (key: string) => {
      loads += 1;
      return key === 'none' ? undefined : 1;
    };
    const cache = new ReadThroughCache({
      load: counted,
      onLoadError,
      clock,
      random: () => 0,
    });
    await cache.get('a');
    await cache.get('none');
    await clock.advance(4999);
    await cache.get('none');
    expect(loads).toBe(2);
    await clock.advance(1);
    await cache.get('none');
    expect(loads).toBe(3);
    await clock.advance(54_999);
    await cache.get('a');
    expect(loads).toBe(3);
    await clock.advance(1);
    await cache.get('a');
    expect(loads).toBe(4);
  });
});
