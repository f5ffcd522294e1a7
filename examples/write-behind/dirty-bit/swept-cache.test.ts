import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { PartialWriteError } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  CacheFullError,
  type DeadLetter,
  SweptCache,
  type SweptCacheOptions,
} from './swept-cache.ts';

function setUp(options: Partial<SweptCacheOptions<string, number>> = {}) {
  const clock = new VirtualClock();
  const rows = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const batches: string[][] = [];
  const cache = new SweptCache<string, number>({
    clock,
    store: {
      read: (key) => rows.read(key),
      write(batch) {
        batches.push(batch.map(({ key }) => key));
        return rows.write(batch);
      },
    },
    ...options,
  });
  return { clock, store: rows, cache, batches };
}

describe('a sweep by interval', () => {
  test('comes at its time, whenever the keys were marked', async () => {
    const { clock, cache, batches } = setUp({ intervalMs: 1000 });
    await cache.set('linh', 10);
    await clock.advance(990);
    await cache.set('haruka', 10);
    expect(batches).toEqual([]);
    await clock.advance(10);
    expect(batches).toEqual([['linh', 'haruka']]);
  });

  test('calls nobody when nothing is dirty', async () => {
    const { clock, cache, batches } = setUp();
    await cache.set('linh', 10);
    await clock.advance(10_000);
    expect(batches).toEqual([['linh']]);
  });

  test('leaves out what is on its way, and takes it the next time', async () => {
    const { clock, store, cache, batches } = setUp({ intervalMs: 10 });
    await cache.set('linh', 10);
    await clock.advance(15);
    await cache.set('linh', 20);
    await cache.set('haruka', 10);
    await clock.advance(5);
    expect(batches).toEqual([['linh'], ['haruka']]);
    await clock.advance(100);
    expect(batches).toEqual([['linh'], ['haruka'], ['linh']]);
    expect(store.peek('linh')).toBe(20);
  });
});

describe('a sweep by threshold', () => {
  test('does not wait for its time', async () => {
    const { cache, batches } = setUp({ threshold: 2 });
    await cache.set('linh', 10);
    expect(batches).toEqual([]);
    await cache.set('haruka', 10);
    expect(batches).toEqual([['linh', 'haruka']]);
  });

  test('counts keys, not changes', async () => {
    const { cache, batches } = setUp({ threshold: 2 });
    for (let score = 1; score <= 10; score += 1) await cache.set('linh', score);
    expect(batches).toEqual([]);
  });

  test('counts from the last sweep on, whatever is on its way', async () => {
    const { cache, batches } = setUp({ threshold: 2 });
    for (const key of ['a', 'b', 'c', 'a', 'd']) await cache.set(key, 10);
    expect(batches).toEqual([['a', 'b'], ['c']]);
    await cache.set('e', 10);
    expect(batches).toEqual([['a', 'b'], ['c'], ['d', 'e']]);
  });

  test('leaves to the interval what has failed', async () => {
    const { clock, store, cache, batches } = setUp({ threshold: 1 });
    store.failNextWrites(new Error('connection reset'));
    await cache.set('linh', 10);
    await clock.advance(20);
    await cache.set('haruka', 10);
    expect(batches).toEqual([['linh'], ['haruka']]);
    await clock.advance(1000);
    expect(batches).toEqual([['linh'], ['haruka'], ['linh']]);
  });
});

describe('a failure', () => {
  test('leaves its keys dirty, and shrinks their batches', async () => {
    const failures = [1, 2, 3].map(() => new Error('connection reset'));
    const { clock, store, cache, batches } = setUp({ maxBatchSize: 20 });
    store.failNextWrites(...failures);
    for (const key of ['a', 'b', 'c']) await cache.set(key, 10);
    await clock.advance(1020);
    expect(batches).toEqual([['a', 'b', 'c']]);
    await clock.advance(1000);
    expect(batches.slice(1)).toEqual([['a', 'b'], ['c']]);
    await clock.advance(1000);
    expect(batches.slice(3)).toEqual([['a'], ['b'], ['c']]);
    expect(store.entries()).toHaveLength(3);
  });

  test('is that of the batch where it names what is not in it', async () => {
    const { clock, store, cache } = setUp();
    const stranger = { type: 'delete', key: 'minh', version: 1 } as const;
    store.failNextWrites(new PartialWriteError([stranger]));
    await cache.set('linh', 10);
    await clock.advance(1020);
    expect(store.peek('linh')).toBeUndefined();
    await clock.advance(1000);
    expect(store.peek('linh')).toBe(10);
  });

  test('rejects the flush that meets it', async () => {
    const { clock, store, cache } = setUp();
    store.breakKey('linh');
    await cache.set('linh', 10);
    const flushed = clock.until(cache.flush());
    await expect(flushed).rejects.toThrow('1 keys are still dirty');
  });

  test('ends as a dead letter, and a read finds the row then', async () => {
    const letters: DeadLetter<string, number>[] = [];
    const { clock, store, cache } = setUp({
      attempts: 2,
      onDeadLetter: (letter) => {
        letters.push(letter);
      },
    });
    store.breakKey('linh');
    await cache.get('linh');
    await cache.set('linh', 10);
    await clock.advance(10_000);
    expect(letters).toMatchObject([
      { operation: { key: 'linh', value: 10 }, attempts: 2 },
    ]);
    expect(await cache.get('linh')).toBeUndefined();
    expect(store.counts().reads).toBe(2);
  });

  test('of a neighbour ends no other: the last attempt is made alone', async () => {
    const letters: string[] = [];
    const { clock, store, cache, batches } = setUp({
      attempts: 2,
      onDeadLetter: ({ operation }) => {
        letters.push(operation.key);
      },
    });
    const failures = [1, 2].map(() => new Error('the value is too long'));
    store.failNextWrites(...failures);
    await cache.set('linh', 10);
    await cache.set('haruka', 10);
    await clock.advance(2020);
    expect(batches).toEqual([['linh', 'haruka'], ['linh'], ['haruka']]);
    expect(letters).toEqual(['linh']);
    expect(store.peek('haruka')).toBe(10);
  });

  test('is noticed though the store takes its batch apart', async () => {
    const clock = new VirtualClock();
    let calls = 0;
    const cache = new SweptCache<string, number>({
      clock,
      store: {
        read: async () => undefined,
        async write(batch) {
          calls += 1;
          (batch as unknown[]).length = 0;
          if (calls === 1) throw new Error('connection reset');
        },
      },
    });
    await cache.set('linh', 10);
    await clock.advance(10_000);
    expect(calls).toBe(2);
  });

  test('stays dirty where nobody takes dead letters', async () => {
    const { clock, store, cache } = setUp({ attempts: 2 });
    store.breakKey('linh');
    await cache.set('linh', 10);
    await clock.advance(10_000);
    expect(await cache.get('linh')).toBe(10);
    store.mendKey('linh');
    await clock.until(cache.flush());
    expect(store.peek('linh')).toBe(10);
  });
});

test('a flush stores what has changed on its way', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('linh', 10);
  await clock.advance(1010);
  await cache.set('linh', 20);
  await clock.until(cache.flush());
  expect(clock.now()).toBe(1040);
  expect(store.peek('linh')).toBe(20);
});

describe('memory', () => {
  test('keeps what is dirty, and drops what was clean the longest', async () => {
    const { clock, store, cache } = setUp({ maxClean: 2 });
    for (const key of ['a', 'b', 'c', 'd']) await cache.set(key, 10);
    for (const key of ['a', 'b', 'c', 'd']) await cache.get(key);
    expect(store.counts().reads).toBe(0);
    await clock.until(cache.flush());
    await clock.until(cache.get('c'));
    await clock.until(cache.get('a'));
    await clock.until(cache.get('c'));
    expect(store.counts().reads).toBe(1);
    await clock.until(cache.get('d'));
    expect(store.counts().reads).toBe(2);
  });

  test('refuses another key at its bound, and no dirty one', async () => {
    const { cache } = setUp({ maxDirty: 1 });
    await cache.set('linh', 10);
    await cache.set('linh', 20);
    await expect(cache.set('haruka', 10)).rejects.toThrow(CacheFullError);
    expect(await cache.get('linh')).toBe(20);
  });
});

describe('closing', () => {
  test('does not wait for the interval, not even for the second', async () => {
    const { clock, store, cache } = setUp();
    await cache.set('linh', 10);
    await clock.advance(1010);
    await cache.set('linh', 20);
    await clock.until(cache.close());
    expect(clock.now()).toBe(1040);
    expect(store.peek('linh')).toBe(20);
  });

  test('refuses writes, and leaves no timer behind', async () => {
    const { clock, cache } = setUp();
    await clock.until(cache.close());
    await expect(cache.set('linh', 10)).rejects.toThrow(CacheClosedError);
    expect(clock.isIdle).toBe(true);
  });

  test('reports what is dirty when the time is over', async () => {
    const { clock, store, cache } = setUp();
    store.hang();
    await cache.set('linh', 10);
    const { abandoned } = await clock.until(cache.close({ timeoutMs: 500 }));
    expect(clock.now()).toBe(500);
    expect(abandoned).toMatchObject([{ key: 'linh', value: 10 }]);
  });

  test('is the end: what is left is sent no more', async () => {
    const { clock, store, cache, batches } = setUp({ intervalMs: 100 });
    store.breakKey('linh');
    await cache.set('linh', 10);
    const report = await clock.until(cache.close({ timeoutMs: 150 }));
    const sent = batches.length;
    expect(await clock.until(cache.close())).toBe(report);
    await clock.until(cache.flush().catch(() => {}));
    expect(batches).toHaveLength(sent);
  });
});

test('options that make no sense are refused', () => {
  expect(() => setUp({ threshold: 0 })).toThrow('threshold');
  expect(() => setUp({ maxDirty: 1.5 })).toThrow('maxDirty');
  expect(() => setUp({ maxClean: 0 })).toThrow('maxClean');
  expect(() => setUp({ maxBatchSize: 0 })).toThrow('maxBatchSize');
  expect(() => setUp({ attempts: 0 })).toThrow('attempts');
  expect(() => setUp({ intervalMs: -1 })).toThrow('intervalMs');
});
