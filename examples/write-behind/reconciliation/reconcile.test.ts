import { describe, expect, test } from 'vitest';
import type { Store } from '../../shared/store.ts';
import type { Row } from '../../shared/table.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { newestWins } from './drift.ts';
import type { Cursor, DriftReport } from './drift-report.ts';
import { InMemorySide } from './in-memory-side.ts';
import { reconcile } from './reconcile.ts';
import type { ReconcileOptions } from './reconcile-options.ts';
import { copiesIn } from './shared-copies.ts';

type Options = Partial<ReconcileOptions<string>>;

function setUp(latencyMs = 0) {
  const clock = new VirtualClock();
  const cache = new InMemorySide<string>({ latencyMs, clock });
  const store = new InMemorySide<string>({ latencyMs, clock });
  const journal = copiesIn<string>(cache);
  const writes = new WriteBehindCache({ store, journal, clock });
  const isPending = (key: string) =>
    ['pending', 'writing'].includes(writes.status(key));
  const reports: DriftReport[] = [];
  /** Resolves with the last report. */
  const walk = async (options: Options = {}, from?: Cursor) => {
    const sides = { cache, store, isPending, clock };
    for await (const report of reconcile({ ...sides, ...options }, from)) {
      reports.push(report);
    }
    return lastOf(reports);
  };
  return { clock, cache, store, writes, reports, walk };
}

function lastOf(reports: readonly DriftReport[]): DriftReport {
  const last = reports.at(-1);
  if (last === undefined) throw new Error('there is no report');
  return last;
}

function row(value: string | undefined, version: number): Row<string> {
  return { value, version };
}

const v1 = row('old', 1);
const v2 = row('new', 2);

/** `a` to `e`, equal on both sides but for those that are named. */
function fill(
  { cache, store }: ReturnType<typeof setUp>,
  drifted = '',
  keys = 'abcde',
): void {
  for (const key of keys) {
    cache.put(key, v1);
    store.put(key, drifted.includes(key) ? v2 : v1);
  }
}

describe('drift', () => {
  test('is counted by kind and named, and none of it is touched', async () => {
    const { clock, cache, store, walk } = setUp();
    cache.put('differs', v2);
    store.put('differs', v1);
    cache.put('unstored', v2);
    cache.put('dead', row(undefined, 2));
    store.put('dead', v1);
    cache.put('rises', v1);
    store.put('rises', row(undefined, 2));
    cache.put('same', v1);
    store.put('same', v1);
    const report = await clock.until(walk());
    expect(report).toMatchObject({
      compared: 5,
      ratio: 0.8,
      drift: {
        'value-differs': 1,
        'missing-in-store': 1,
        'missing-in-cache': 0,
        'deleted-in-store': 1,
        'deleted-in-cache': 1,
      },
      outcomes: { repaired: 0, left: 4 },
      next: undefined,
    });
    const named = report.samples.map(({ key, kind }) => [key, kind]);
    expect(Object.fromEntries(named)).toEqual({
      differs: 'value-differs',
      unstored: 'missing-in-store',
      dead: 'deleted-in-cache',
      rises: 'deleted-in-store',
    });
    expect(store.row('differs')).toEqual(v1);
    expect(store.row('unstored')).toBeUndefined();
  });

  test('is repaired from the side that has the newer row', async () => {
    const { clock, cache, store, walk } = setUp();
    for (const [key, left, right] of [
      ['lost', v2, v1],
      ['bypassed', v1, v2],
      ['unstored', v2, undefined],
      ['dead', row(undefined, 2), v1],
      ['rises', v1, row(undefined, 2)],
    ] as const) {
      cache.put(key, left);
      store.put(key, right);
    }
    const { outcomes } = await clock.until(walk({ repair: newestWins }));
    expect(outcomes).toEqual({ repaired: 5, left: 0, overtaken: 0, failed: 0 });
    for (const side of [cache, store]) {
      for (const key of ['lost', 'bypassed', 'unstored']) {
        expect(side.row(key), key).toEqual(v2);
      }
      expect(side.row('dead')).toEqual(row(undefined, 2));
      expect(side.row('rises')).toEqual(row(undefined, 2));
    }
    expect((await clock.until(walk())).ratio).toBe(0);
  });

  test('under one version is left to people', async () => {
    const { clock, cache, store, walk } = setUp();
    cache.put('a', row('one', 1));
    store.put('a', row('two', 1));
    const { outcomes } = await clock.until(walk({ repair: newestWins }));
    expect(outcomes).toMatchObject({ repaired: 0, left: 1 });
    expect(cache.row('a')?.value).toBe('one');
    expect(store.row('a')?.value).toBe('two');
  });

  test('is repaired as the caller decides', async () => {
    const { clock, cache, store, walk } = setUp();
    cache.put('a', v2);
    store.put('a', v1);
    cache.put('b', v2);
    await clock.until(walk({ repair: () => 'store' }));
    expect(cache.row('a')).toEqual(v1);
    expect(cache.row('b')).toBeUndefined();
    expect(store.row('a')).toEqual(v1);
  });

  test('is what a cache of all rows does not have', async () => {
    const shop = setUp();
    const { clock, cache, store, walk } = shop;
    fill(shop);
    store.put('f', v2);
    const some = await clock.until(walk());
    expect(some).toMatchObject({ compared: 5, ratio: 0 });
    const options = { cacheHolds: 'all', repair: newestWins } as const;
    const all = await clock.until(walk(options));
    expect(all).toMatchObject({
      compared: 6,
      drift: { 'missing-in-cache': 1 },
      outcomes: { repaired: 1 },
    });
    expect(cache.row('f')).toEqual(v2);
  });

  test('is a write that was given up', async () => {
    const { clock, cache, store, walk } = setUp();
    const refusing: Store<string, string> = {
      read: (key) => store.read(key),
      async write() {
        throw Object.assign(new Error('refused'), { permanent: true });
      },
    };
    const journal = copiesIn<string>(cache);
    const writes = new WriteBehindCache({ store: refusing, journal, clock });
    await writes.set('a', 'new');
    await clock.advance(2000);
    expect(writes.status('a')).toBe('failed');
    const isPending = (key: string) =>
      ['pending', 'writing'].includes(writes.status(key));
    const { drift } = await clock.until(walk({ isPending }));
    expect(drift['missing-in-store']).toBe(1);
  });
});

describe('a write on its way is no drift', () => {
  test('when it arrives between the two looks', async () => {
    const { clock, writes, walk } = setUp();
    await writes.set('a', 'new');
    const report = await clock.until(walk());
    expect(report).toMatchObject({ compared: 1, ratio: 0, unsettled: 0 });
  });

  test('when it takes longer than they are apart', async () => {
    const { clock, store, writes, walk } = setUp();
    await clock.until(writes.set('a', 'one'));
    await clock.until(writes.flush());
    await clock.until(writes.set('a', 'two'));
    const options = { graceMs: 500, repair: newestWins };
    const report = await clock.until(walk(options));
    expect(report).toMatchObject({ compared: 0, unsettled: 1 });
    expect(report.ratio).toBeUndefined();
    expect(store.row('a')?.value).toBe('one');
  });

  test('when it ends in the midst of the second look', async () => {
    const { clock, cache, store, walk } = setUp();
    cache.put('a', v2);
    store.put('a', v1);
    let asked = 0;
    const isPending = () => {
      asked += 1;
      return asked === 1;
    };
    const options = { isPending, repair: newestWins };
    const report = await clock.until(walk(options));
    expect(report).toMatchObject({ compared: 0, unsettled: 1 });
    expect(asked).toBe(2);
  });

  test('when the cache has it and the queue has not yet', async () => {
    const { clock, cache, store, walk } = setUp();
    cache.put('a', v2);
    store.put('a', v1);
    let asked = 0;
    const isPending = async () => {
      asked += 1;
      return asked === 2;
    };
    const report = await clock.until(walk({ isPending }));
    expect(report).toMatchObject({ compared: 0, unsettled: 1 });
  });

  test('when another one follows before the second look', async () => {
    const { clock, cache, store, walk } = setUp();
    cache.put('a', v2);
    store.put('a', v1);
    // By another process, whose queue nobody here can see.
    clock.schedule(4000, () => cache.put('a', row('newer', 3)));
    const report = await clock.until(walk());
    expect(report).toMatchObject({ compared: 0, unsettled: 1 });
  });

  test('when the key has left the cache meanwhile', async () => {
    const { clock, cache, store, walk } = setUp();
    cache.put('a', v2);
    store.put('a', v1);
    clock.schedule(4000, () => cache.put('a', undefined));
    const report = await clock.until(walk({ repair: newestWins }));
    expect(report).toMatchObject({ compared: 0, unsettled: 1 });
    expect(store.row('a')).toEqual(v1);
  });
});

describe('a repair gives way to a write that comes first', () => {
  const v3 = row('newest', 3);

  test.each(['store', 'cache'] as const)('in the %s', async (wrong) => {
    const shop = setUp();
    const { clock, walk } = shop;
    shop.cache.put('a', wrong === 'cache' ? v1 : v2);
    shop.store.put('a', wrong === 'cache' ? v2 : v1);
    const repair: typeof newestWins = (drift) => {
      shop[wrong].put('a', v3);
      return newestWins(drift);
    };
    const { outcomes } = await clock.until(walk({ repair }));
    expect(outcomes).toMatchObject({ repaired: 0, overtaken: 1 });
    expect(shop[wrong].row('a')).toEqual(v3);
  });
});

describe('failures', () => {
  const down = new Error('connection reset');

  test('of a call are made up for by another attempt', async () => {
    const shop = setUp();
    fill(shop);
    shop.cache.failNext(down, down);
    shop.store.failNext(down, down);
    const report = await shop.clock.until(shop.walk());
    expect(report).toMatchObject({ compared: 5, notCompared: 0 });
    expect(report.lastError).toBe(down);
    // Twice a second's wait for either side, and the pause after the look.
    expect(shop.clock.now()).toBe(4100);
  });

  test('that last leave a page uncompared, and the walk goes on', async () => {
    const shop = setUp();
    fill(shop, 'ae');
    shop.store.failNext(down, down, down);
    const report = await shop.clock.until(shop.walk({ pageSize: 2 }));
    expect(report).toMatchObject({ compared: 3, notCompared: 2 });
    expect(report.drift['value-differs']).toBe(1);
    expect(report.next).toBeUndefined();
  });

  test('of the second look are no drift either', async () => {
    const shop = setUp();
    fill(shop, 'a');
    const isPending = () => {
      throw down;
    };
    const report = await shop.clock.until(shop.walk({ isPending }));
    expect(report).toMatchObject({ compared: 4, notCompared: 1, ratio: 0 });
  });

  test('of the walk end it, and say where to go on', async () => {
    const shop = setUp();
    const { clock, cache, walk } = shop;
    fill(shop, 'ae');
    clock.schedule(50, () => cache.failNext(down, down, down));
    const first = await clock.until(walk({ pageSize: 2 }));
    expect(first).toMatchObject({ compared: 2, lastError: down });
    expect(first.next).toEqual({ side: 'cache', from: 'b' });
    expect(first.drift['value-differs']).toBe(1);
    const rest = await clock.until(walk({ pageSize: 2 }, first.next));
    expect(rest).toMatchObject({ compared: 3, next: undefined });
    expect(rest.samples.map(({ key }) => key)).toEqual(['e']);
  });

  test.each(['cache', 'store'] as const)(
    'are told from a %s that never answers',
    async (side) => {
      const shop = setUp();
      fill(shop);
      shop[side].hang();
      const { clock, walk } = shop;
      const report = await clock.until(walk(), 20_000);
      expect(report.compared).toBe(0);
      expect(report.lastError).toMatchObject({ name: 'TimeoutError' });
    },
  );

  test('are told from a repair that never ends', async () => {
    const shop = setUp();
    const { clock, cache, walk } = shop;
    fill(shop, 'a');
    const repair = () => {
      cache.hang();
      return 'store' as const;
    };
    const report = await clock.until(walk({ repair }), 20_000);
    expect(report.outcomes).toMatchObject({ repaired: 0, failed: 1 });
    expect(report.lastError).toMatchObject({ name: 'TimeoutError' });
  });

  test('of a repair stop no other, and the next walk tries again', async () => {
    const shop = setUp();
    const { clock, cache, walk } = shop;
    fill(shop, 'ab');
    const options = {
      repair: (drift: Parameters<typeof newestWins>[0]) => {
        if (drift.key === 'a') cache.failNext(down);
        return newestWins(drift);
      },
    };
    const first = await clock.until(walk(options));
    expect(first.outcomes).toMatchObject({ repaired: 1, failed: 1 });
    expect(cache.row('a')).toEqual(v1);
    const second = await clock.until(walk({ repair: newestWins }));
    expect(second.outcomes).toMatchObject({ repaired: 1, failed: 0 });
    expect(cache.row('a')).toEqual(v2);
  });
});

test('a decision that is none is refused: it removes no row', async () => {
  const shop = setUp();
  const { clock, cache, store, walk } = shop;
  fill(shop, 'a');
  const repair = () => Promise.resolve('store') as unknown as 'store';
  const report = await clock.until(walk({ repair }));
  expect(report.outcomes).toMatchObject({ repaired: 0, failed: 1 });
  expect(String(report.lastError)).toContain('repair: expected');
  expect([cache.row('a'), store.row('a')]).toEqual([v1, v2]);
});

describe('the walk', () => {
  test('reports on its way, and not in the end only', async () => {
    const shop = setUp();
    const { clock, reports, walk } = shop;
    const keys = Array.from({ length: 60 }, (_, index) => `key-${index}`);
    for (const key of keys) shop.cache.put(key, v1);
    const walking = walk({ pageSize: 1, graceMs: 1000 });
    await clock.advance(4000);
    expect(reports.length).toBeGreaterThan(10);
    expect(lastOf(reports).next).toBeDefined();
    await clock.until(walking);
    expect(reports).toHaveLength(60);
  });

  test('makes no more looks than the rate allows', async () => {
    const shop = setUp();
    const { clock, cache, store, walk } = shop;
    fill(shop, 'bd');
    const walking = walk({ pageSize: 1, pagesPerSecond: 2, graceMs: 0 });
    const calls: number[] = [];
    for (let second = 0; second < 4; second += 1) {
      const before = store.calls;
      await clock.advance(999);
      calls.push(store.calls - before);
      await clock.advance(1);
    }
    expect(Math.max(...calls)).toBe(2);
    await clock.until(walking);
    // Five first looks and two second ones, of which each asks both sides.
    expect(store.calls).toBe(7);
    expect(cache.calls).toBe(7);
  });

  test('goes on while pages wait for their second look', async () => {
    const shop = setUp();
    const { clock, walk } = shop;
    fill(shop, 'abcde');
    await clock.until(walk({ pageSize: 1 }));
    // Five looks, the grace after the last of them, and five more.
    expect(clock.now()).toBeLessThan(6500);
  });

  test('goes on from its cursor, and leaves nothing out', async () => {
    const shop = setUp();
    const { clock, store, reports, walk } = shop;
    fill(shop, 'abcde');
    await clock.until(walk({ pageSize: 2 }));
    const [first] = reports;
    expect(first?.samples.map(({ key }) => key)).toEqual(['a', 'b']);
    const kept = JSON.parse(JSON.stringify(first?.next));
    const rest = await clock.until(walk({ pageSize: 2 }, kept));
    expect(rest.samples.map(({ key }) => key)).toEqual(['c', 'd', 'e']);
    expect(store.calls).toBe(6 + 4);
  });

  test('goes on from a cursor in the store', async () => {
    const shop = setUp();
    const { clock, store, walk } = shop;
    for (const key of 'abcd') store.put(key, v1);
    const cursor = { side: 'store', from: 'b' } as const;
    const report = await clock.until(walk({ cacheHolds: 'all' }, cursor));
    expect(report.samples.map(({ key }) => key)).toEqual(['c', 'd']);
  });

  test('may be ended at any report, and goes on in another process', async () => {
    const shop = setUp();
    const { clock, cache, store } = shop;
    fill(shop, 'abcde');
    const sides = { cache, store, isPending: () => false };
    const options = { ...sides, clock, pageSize: 2 };
    let saved: Cursor | undefined;
    const found: number[] = [];
    let isStopping = true;
    // #region job
    const job = async () => {
      for await (const report of reconcile(options, saved)) {
        saved = report.next;
        found.push(report.drifted);
        if (isStopping) return;
      }
    };
    // #endregion job
    await clock.until(job());
    expect(saved).toEqual({ side: 'cache', from: 'b' });
    expect(clock.isIdle).toBe(true);
    isStopping = false;
    await clock.until(job());
    expect(saved).toBeUndefined();
    expect(found).toEqual([2, 2, 3]);
  });

  test('of an empty page asks the other side nothing', async () => {
    const { clock, store, walk } = setUp();
    const report = await clock.until(walk());
    expect(report).toMatchObject({ compared: 0, next: undefined });
    expect(report.ratio).toBeUndefined();
    expect(store.calls).toBe(0);
  });

  test('names as many keys as it is told, and no values', async () => {
    const shop = setUp();
    const { clock, cache, store, walk } = shop;
    cache.put('a', row('secret', 1));
    store.put('a', row('secret too', 2));
    fill(shop, 'bcde', 'bcde');
    const report = await clock.until(walk({ maxSamples: 2 }));
    expect(report.drift['value-differs']).toBe(5);
    expect(report.samples).toHaveLength(2);
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  test('keeps a report as it was', async () => {
    const shop = setUp();
    fill(shop, 'ae');
    await shop.clock.until(shop.walk({ pageSize: 2 }));
    const [first] = shop.reports;
    expect(first?.samples).toHaveLength(1);
    expect(first?.drift['value-differs']).toBe(1);
  });
});

test.each([
  [{ pageSize: 0 }, 'pageSize: expected a whole number above 0, got 0'],
  [{ graceMs: -1 }, 'graceMs: expected milliseconds from 0 to'],
  [{ timeoutMs: Infinity }, 'timeoutMs: expected milliseconds from 0 to'],
  [{ retryMs: -1 }, 'retryMs: expected milliseconds from 0 to'],
  [{ attempts: 1.5 }, 'attempts: expected a whole number above 0, got 1.5'],
  [{ pagesPerSecond: 0 }, 'pagesPerSecond: expected a rate above 0'],
  [{ pagesPerSecond: Number.NaN }, 'pagesPerSecond: expected a rate above 0'],
  [{ cacheHolds: 'most' }, "cacheHolds: expected 'some' or 'all', got most"],
])('%j is refused', (options, message) => {
  const { cache, store } = setUp();
  const all = { cache, store, isPending: () => false, ...options };
  expect(() => reconcile(all as ReconcileOptions<string>)).toThrow(message);
});

test('an option that is passed as undefined has its default', async () => {
  const { clock, cache, store } = setUp();
  const sizes = ['pageSize', 'pagesPerSecond', 'attempts', 'maxSamples'];
  const others = ['cacheHolds', 'isEqual', 'graceMs', 'timeoutMs', 'retryMs'];
  const passed: object = Object.fromEntries(
    [...sizes, ...others].map((name) => [name, undefined]),
  );
  const options = { ...passed, cache, store, isPending: () => false, clock };
  const first = await clock.until(reconcile(options).next());
  expect(first.value).toMatchObject({ next: undefined, lastError: undefined });
});

test('a cursor in the store is refused where the cache holds some', () => {
  const { cache, store } = setUp();
  const options = { cache, store, isPending: () => false };
  expect(() => reconcile(options, { side: 'store' })).toThrow(
    "from: expected a cursor in a cache that holds 'some', got store",
  );
});
