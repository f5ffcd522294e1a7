import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { sleep } from '../../shared/clock.ts';
import {
  InMemoryStore,
  type InMemoryStoreOptions,
} from '../../shared/in-memory-store.ts';
import { TimeoutError } from '../../shared/timeout.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryBus } from './in-memory-bus.ts';
import type { Invalidation } from './invalidation-bus.ts';
import { TaggedCache, type TaggedCacheOptions } from './tagged-cache.ts';

const hour = 3_600_000;

interface Options<V> extends Partial<TaggedCacheOptions<string, V>> {
  readonly clock?: VirtualClock;
}

/** Two processes, and what they share. A key's tag is its first letter. */
function setUp<V = number>(
  options: Options<V> = {},
  storeOptions: InMemoryStoreOptions<string, V> = {},
) {
  const { clock = new VirtualClock() } = options;
  const store = new InMemoryStore<string, V>({ ...storeOptions, clock });
  const generations = new InMemoryStore<string, true>({ clock });
  const bus = new InMemoryBus<Invalidation<string>>({ clock });
  const busErrors: unknown[] = [];
  const start = () =>
    new TaggedCache<string, V>({
      table: store,
      bus,
      onBusError: (error) => busErrors.push(error),
      tags: {
        of: (key) => [key.charAt(0), 'all'],
        nextGeneration: async (tag) =>
          (await generations.put(tag, true)).version,
      },
      ttlMs: hour,
      jitter: 0,
      ...options,
      clock,
    });
  const change = (key: string, value: V) =>
    store.commit({ type: 'set', key, value, version: 0 });
  const reads = () => store.counts().reads;
  const [here, there] = [start(), start()];
  return { clock, store, bus, busErrors, here, there, change, reads };
}

/** A row of which somebody changes the value and leaves the version. */
function setUpUnversioned() {
  const clock = new VirtualClock();
  let value = 1;
  const find = async () => {
    const row = { value, version: 7 };
    await sleep(clock, 5);
    return row;
  };
  const processes = setUp({ clock, table: { find, put: find, remove: find } });
  const patch = (next: number) => {
    value = next;
  };
  return { ...processes, clock, patch };
}

describe('a read', () => {
  test('loads once, and is answered by memory from then on', async () => {
    const { here, change, reads } = setUp();
    change('a', 1);
    expect(await here.get('a')).toBe(1);
    expect(await here.get('a')).toBe(1);
    expect(reads()).toBe(1);
  });

  test('joins the load that is under way', async () => {
    const { clock, here, change, reads } = setUp({}, { readMs: 5 });
    change('a', 1);
    const all = Promise.all([here.get('a'), here.get('a')]);
    expect(await clock.until(all)).toEqual([1, 1]);
    expect(reads()).toBe(1);
  });

  test.each([0, '', false, null])('keeps %j like any value', async (value) => {
    const { here, change, reads } = setUp<unknown>();
    change('a', value);
    expect(await here.get('a')).toBe(value);
    expect(await here.get('a')).toBe(value);
    expect(reads()).toBe(1);
  });

  test('keeps in mind that there is nothing', async () => {
    const { here, reads } = setUp();
    expect(await here.get('a')).toBeUndefined();
    expect(await here.get('a')).toBeUndefined();
    expect(reads()).toBe(1);
  });

  test('fails where the load fails, and the next one tries again', async () => {
    const { store, here, change } = setUp();
    change('a', 1);
    store.failNextReads(new Error('connection reset'));
    await expect(here.get('a')).rejects.toThrow('connection reset');
    expect(await here.get('a')).toBe(1);
  });

  test('is answered while the database hangs, if it is a hit', async () => {
    const { store, here, change } = setUp();
    change('a', 1);
    await here.get('a');
    store.hang();
    expect(await here.get('a')).toBe(1);
  });

  test('makes the least recently used entry leave', async () => {
    const { here, reads } = setUp({ maxEntries: 2 });
    for (const key of ['a', 'b', 'a', 'c']) await here.get(key);
    expect(reads()).toBe(3);
    await here.get('a');
    expect(reads()).toBe(3);
    await here.get('b');
    expect(reads()).toBe(4);
  });
});

describe('expiry', () => {
  test('ends an entry to the millisecond', async () => {
    const { clock, here, change } = setUp();
    change('a', 1);
    await here.get('a');
    change('a', 2);
    await clock.advance(hour - 1);
    expect(await here.get('a')).toBe(1);
    await clock.advance(1);
    expect(await here.get('a')).toBe(2);
  });

  test('counts from when the load set out: the row may be as old', async () => {
    const { clock, here, change } = setUp({}, { readMs: 50 });
    change('a', 1);
    await clock.until(here.get('a'));
    change('a', 2);
    await clock.advance(hour - 50);
    expect(await clock.until(here.get('a'))).toBe(2);
  });

  test('comes earlier by a part that is drawn for each entry', async () => {
    const draws = [0, 0.5];
    const { clock, here, reads } = setUp({
      jitter: 0.2,
      random: () => draws.shift() ?? 0,
    });
    await here.get('a');
    await here.get('b');
    await clock.advance(0.9 * hour);
    await here.get('a');
    expect(reads()).toBe(2);
    await here.get('b');
    expect(reads()).toBe(3);
  });
});

describe('a write', () => {
  test('is in the table when it is acknowledged', async () => {
    const { clock, store, here } = setUp({}, { writeMs: 20 });
    await clock.until(here.set('a', 1));
    expect(store.peek('a')).toBe(1);
    expect(store.counts().writes).toBe(1);
    await clock.until(here.delete('a'));
    expect(store.peek('a')).toBeUndefined();
    expect(clock.now()).toBe(40);
  });

  test('is read by its process at once', async () => {
    const { here, change } = setUp();
    change('a', 1);
    await here.get('a');
    await here.set('a', 2);
    expect(await here.get('a')).toBe(2);
    await here.delete('a');
    expect(await here.get('a')).toBeUndefined();
  });

  test('is not undone by a load that it overtakes', async () => {
    const { clock, here, change } = setUp({}, { readMs: 5 });
    change('a', 1);
    const early = here.get('a');
    await here.set('a', 2);
    expect(await clock.until(here.get('a'))).toBe(2);
    await clock.until(early);
    expect(await here.get('a')).toBe(2);
  });

  test('costs the first read after it a load', async () => {
    const { clock, here, change, reads } = setUp();
    change('a', 1);
    await here.get('a');
    await here.set('a', 2);
    await here.get('a');
    await clock.advance(0);
    await here.get('a');
    expect(reads()).toBe(2);
  });

  test('does not hear itself: what it loads meanwhile is kept', async () => {
    const { clock, bus, here, reads } = setUp({}, { readMs: 5 });
    bus.delayNext(2);
    await here.set('a', 1);
    await clock.until(here.get('a'));
    await here.get('a');
    expect(reads()).toBe(1);
  });

  test('leaves the old value readable where the database refuses', async () => {
    const { store, here, change } = setUp();
    change('a', 1);
    await here.get('a');
    store.failNextWrites(new Error('the database is down'));
    store.failNextReads(new Error('and nobody can look'));
    await expect(here.set('a', 2)).rejects.toThrow('the database is down');
    expect(await here.get('a')).toBe(1);
  });

  test('that has failed and was made nevertheless is found', async () => {
    const { clock, store, here, there, change } = setUp();
    change('a', 1);
    await here.get('a');
    await there.get('a');
    store.loseNextAnswers(new Error('connection reset'));
    await expect(here.set('a', 2)).rejects.toThrow('connection reset');
    expect(await here.get('a')).toBe(2);
    await clock.advance(0);
    expect(await there.get('a')).toBe(2);
  });

  test('is found as well where the table fails before it returns a promise', async () => {
    const clock = new VirtualClock();
    const store = new InMemoryStore<string, number>({ clock });
    const { here } = setUp({
      clock,
      table: {
        find: (key) => store.find(key),
        remove: (key) => store.remove(key),
        put(key, value) {
          store.commit({ type: 'set', key, value, version: 0 });
          throw new Error('connection reset');
        },
      },
    });
    await here.get('a');
    await expect(here.set('a', 2)).rejects.toThrow('connection reset');
    expect(await here.get('a')).toBe(2);
  });
});

describe('a write that keeps the entry warm', () => {
  test('is told to all, even where the tags of its value cannot be', async () => {
    const wrong = new Error('no category');
    const { clock, here, there } = setUp({
      keepWarm: true,
      tags: {
        of(_, value) {
          if (value === 2) throw wrong;
          return [];
        },
        nextGeneration: async () => 1,
      },
    });
    await here.set('a', 1);
    await here.get('a');
    await there.get('a');
    await here.set('a', 2).catch(() => {});
    await clock.advance(0);
    await expect(here.get('a')).rejects.toBe(wrong);
    await expect(there.get('a')).rejects.toBe(wrong);
  });

  test('replaces it, and the next read needs no load', async () => {
    const { here, reads } = setUp({ keepWarm: true });
    await here.get('a');
    await here.set('a', 2);
    expect(await here.get('a')).toBe(2);
    expect(reads()).toBe(1);
  });

  test('renews its time', async () => {
    const { clock, here, reads } = setUp({ keepWarm: true });
    await here.get('a');
    await clock.advance(hour / 2);
    await here.set('a', 2);
    await clock.advance(hour / 2);
    await here.get('a');
    expect(reads()).toBe(1);
  });

  test('brings in nothing that was not there', async () => {
    const { here, reads } = setUp({ keepWarm: true });
    await here.set('a', 1);
    expect(await here.get('a')).toBe(1);
    expect(reads()).toBe(1);
  });

  test('brings nothing back that has expired', async () => {
    const { clock, here, reads } = setUp({ keepWarm: true });
    await here.get('a');
    await clock.advance(hour);
    await here.set('a', 1);
    await here.get('a');
    expect(reads()).toBe(2);
  });

  test('is not undone by an earlier one that is answered later', async () => {
    const { clock, store, bus, there } = setUp();
    const delays = [50, 10];
    const slow = new TaggedCache<string, number>({
      table: {
        find: (key) => store.find(key),
        remove: (key) => store.remove(key),
        async put(key, value) {
          const row = await store.put(key, value);
          await new Promise<void>((answer) => {
            clock.schedule(delays.shift() ?? 0, answer);
          });
          return row;
        },
      },
      bus,
      onBusError: console.error,
      keepWarm: true,
      clock,
    });
    await slow.get('a');
    const writes = Promise.all([slow.set('a', 1), slow.set('a', 2)]);
    await clock.until(writes);
    expect(await slow.get('a')).toBe(2);
    expect(await there.get('a')).toBe(2);
  });

  test('is ended by a tag that was invalidated meanwhile', async () => {
    const { clock, here, change } = setUp({ keepWarm: true }, { writeMs: 20 });
    await here.get('a');
    const written = here.set('a', 1);
    await clock.advance(20 - 1);
    await here.invalidateTag('all');
    await clock.until(written);
    change('a', 2);
    expect(await here.get('a')).toBe(2);
  });
});

describe('an event', () => {
  test('ends the entry in another process', async () => {
    const { clock, here, there, change } = setUp();
    change('a', 1);
    await there.get('a');
    await here.set('a', 2);
    expect(await there.get('a')).toBe(1);
    await clock.advance(0);
    expect(await there.get('a')).toBe(2);
  });

  test('ends a load under way: what it brings is not kept', async () => {
    const { clock, here, there, change } = setUp({}, { readMs: 5 });
    change('a', 1);
    const early = there.get('a');
    await here.set('a', 2);
    expect(await clock.until(early)).toBe(1);
    expect(await clock.until(there.get('a'))).toBe(2);
  });

  test('that comes twice costs nothing', async () => {
    const { clock, bus, here, there, reads } = setUp();
    bus.repeatNext(10);
    await here.set('a', 2);
    await clock.advance(5);
    await there.get('a');
    await clock.advance(5);
    await there.get('a');
    expect(reads()).toBe(1);
  });

  test('that comes too late is too old to end anything', async () => {
    const { clock, bus, here, there, reads } = setUp();
    bus.delayNext(10);
    await here.set('a', 1);
    await here.set('a', 2);
    await clock.advance(5);
    await there.get('a');
    await clock.advance(5);
    expect(await there.get('a')).toBe(2);
    expect(reads()).toBe(1);
  });

  // #region lost
  test('that is lost leaves the old value until expiry', async () => {
    const { clock, bus, here, there, change } = setUp({ ttlMs: hour });
    change('a', 1);
    await there.get('a');
    bus.loseNext();
    await here.set('a', 2);
    await clock.advance(hour - 1);
    expect(await there.get('a')).toBe(1);
    await clock.advance(1);
    expect(await there.get('a')).toBe(2);
  });
  // #endregion lost

  test('is lost with a process that dies right after its commit', async () => {
    const { clock, store, bus, there, change } = setUp();
    change('a', 1);
    await there.get('a');
    const dying = new TaggedCache<string, number>({
      table: {
        find: (key) => store.find(key),
        remove: (key) => store.remove(key),
        async put(key, value) {
          await store.put(key, value);
          return new Promise(() => {});
        },
      },
      bus,
      onBusError: console.error,
      clock,
    });
    void dying.set('a', 2);
    await clock.advance(hour - 1);
    expect(await there.get('a')).toBe(1);
    await clock.advance(1);
    expect(await there.get('a')).toBe(2);
  });

  test('that is lost is made good by forgetting all', async () => {
    const { bus, here, there, change } = setUp();
    change('a', 1);
    await there.get('a');
    bus.loseNext();
    await here.set('a', 2);
    there.clear();
    expect(await there.get('a')).toBe(2);
  });

  test('that is lost may have been about a load under way', async () => {
    const { clock, bus, here, there, change } = setUp({}, { readMs: 5 });
    change('a', 1);
    const early = there.get('a');
    bus.loseNext();
    await here.set('a', 2);
    there.clear();
    await clock.until(early);
    expect(await clock.until(there.get('a'))).toBe(2);
  });

  test('is not waited for while a bus is down', async () => {
    const { clock, bus, busErrors, here, there } = setUp();
    await there.get('a');
    bus.breakDown(new Error('the bus is down'));
    await here.set('a', 2);
    expect(clock.now()).toBe(0);
    expect(busErrors).toEqual([new Error('the bus is down')]);
    expect(await here.get('a')).toBe(2);
    expect(await there.get('a')).toBeUndefined();
  });

  test('is waited for so long where the bus hangs', async () => {
    const { clock, bus, busErrors, here } = setUp({ busTimeoutMs: 30 });
    bus.hang();
    await clock.until(here.set('a', 2));
    expect(clock.now()).toBe(30);
    expect(busErrors).toEqual([expect.any(TimeoutError)]);
  });
});

describe('an invalidation by hand', () => {
  test('ends what somebody changed behind the caches', async () => {
    const { clock, here, there, change } = setUp();
    for (const cache of [here, there]) await cache.get('a');
    change('a', 2);
    await here.invalidate('a');
    expect(await here.get('a')).toBe(2);
    await clock.advance(0);
    expect(await there.get('a')).toBe(2);
  });

  test('asks the database nothing, so that it may be down', async () => {
    const { store, here, change, reads } = setUp();
    change('a', 1);
    await here.get('a');
    store.failNextReads(new Error('the database is down'));
    await here.invalidate('a');
    expect(reads()).toBe(1);
    await expect(here.get('a')).rejects.toThrow('the database is down');
  });

  test('ends a change that has drawn no version, in all processes', async () => {
    const { clock, here, there, patch } = setUpUnversioned();
    for (const cache of [here, there]) await clock.until(cache.get('a'));
    patch(2);
    await here.invalidate('a');
    expect(await clock.until(here.get('a'))).toBe(2);
    expect(await clock.until(there.get('a'))).toBe(2);
  });

  test('ends the loads from before such a change', async () => {
    const { clock, here, there, patch } = setUpUnversioned();
    const early = [here.get('a'), there.get('a')];
    patch(2);
    await here.invalidate('a');
    await clock.advance(0);
    expect(await clock.until(here.get('a'))).toBe(2);
    expect(await clock.until(there.get('a'))).toBe(2);
    expect(await clock.until(Promise.all(early))).toEqual([1, 1]);
    expect(await clock.until(here.get('a'))).toBe(2);
    expect(await clock.until(there.get('a'))).toBe(2);
  });

  test('that comes twice, or late, costs a load and nothing else', async () => {
    const { clock, bus, here, there, patch } = setUpUnversioned();
    bus.delayNext(20);
    bus.repeatNext(20);
    await here.invalidate('a');
    await here.invalidate('a');
    await clock.advance(0);
    patch(2);
    await clock.until(there.get('a'));
    patch(3);
    expect(await clock.until(there.get('a'))).toBe(2);
    await clock.advance(20);
    expect(await clock.until(there.get('a'))).toBe(3);
  });
});

describe('a tag', () => {
  test('ends all entries that bear it, and no others', async () => {
    const { clock, here, there, change, reads } = setUp();
    const keys = ['a1', 'a2', 'b1'];
    for (const key of keys) await there.get(key);
    for (const key of keys) change(key, 2);
    await here.invalidateTag('a');
    await clock.advance(0);
    expect(await Promise.all(keys.map((key) => there.get(key)))).toEqual([
      2,
      2,
      undefined,
    ]);
    expect(reads()).toBe(5);
  });

  test('costs one event, however many entries bear it', async () => {
    const { bus, here } = setUp();
    for (let index = 0; index < 100; index += 1) await here.get(`a${index}`);
    await here.invalidateTag('a');
    expect(bus.published).toBe(1);
  });

  test('ends the loads under way as well', async () => {
    const { clock, here, change } = setUp({}, { readMs: 5 });
    change('a', 1);
    const early = here.get('a');
    change('a', 2);
    await here.invalidateTag('all');
    expect(await clock.until(here.get('a'))).toBe(2);
    await clock.until(early);
    expect(await here.get('a')).toBe(2);
  });

  test('is invalidated by an old event, or the same one, no more', async () => {
    const { clock, bus, here, there, reads } = setUp();
    bus.delayNext(10);
    bus.repeatNext(10);
    await here.invalidateTag('a');
    await here.invalidateTag('a');
    await clock.advance(5);
    await there.get('a');
    await clock.advance(5);
    await there.get('a');
    expect(reads()).toBe(1);
  });

  test('stays invalidated for as long as an entry may live', async () => {
    const { clock, here, change } = setUp();
    change('a', 1);
    await here.get('a');
    change('a', 2);
    await here.invalidateTag('a');
    await clock.advance(hour - 1);
    await here.invalidateTag('b');
    expect(await here.get('a')).toBe(2);
  });

  test('is forgotten afterwards: a copy of its event ends more', async () => {
    const { clock, bus, here, there, reads } = setUp();
    bus.repeatNext(hour + 10);
    await here.invalidateTag('a');
    await clock.advance(hour);
    await here.invalidateTag('b');
    await clock.advance(5);
    await there.get('a');
    await clock.advance(5);
    await there.get('a');
    expect(reads()).toBe(2);
  });

  test('that is invalidated again keeps no other from being forgotten', async () => {
    const { clock, bus, here, there, reads } = setUp();
    await here.invalidateTag('b');
    bus.repeatNext(hour + 10);
    await here.invalidateTag('a');
    await clock.advance(1);
    await here.invalidateTag('b');
    await clock.advance(hour - 1);
    await here.invalidateTag('c');
    await clock.advance(5);
    await there.get('a');
    await clock.advance(5);
    await there.get('a');
    expect(reads()).toBe(2);
  });

  test('ends nothing where its generations are counted anew', async () => {
    let generation = 0;
    const nextGeneration = async () => ++generation;
    const tags = { of: () => ['all'], nextGeneration };
    const { here, change } = setUp({ tags });
    await here.invalidateTag('all');
    change('a', 1);
    await here.get('a');
    generation = 0;
    change('a', 2);
    await here.invalidateTag('all');
    expect(await here.get('a')).toBe(1);
  });

  test('needs rules', async () => {
    const { clock, store, bus } = setUp();
    const cache = new TaggedCache({
      table: store,
      bus,
      onBusError: console.error,
      clock,
    });
    await expect(cache.invalidateTag('a')).rejects.toThrow(
      'tags: expected rules, got undefined',
    );
  });
});

describe('close', () => {
  test('refuses writes, and says so', async () => {
    const { store, here } = setUp();
    await here.close();
    const refused = [
      here.set('a', 1),
      here.delete('a'),
      here.invalidate('a'),
      here.invalidateTag('a'),
    ];
    for (const write of refused) {
      await expect(write).rejects.toThrow(CacheClosedError);
    }
    expect(store.counts().writes).toBe(0);
  });

  test('waits for the writes under way, whatever comes of them', async () => {
    const { clock, store, here } = setUp({}, { writeMs: 20 });
    const good = here.set('a', 1);
    await clock.advance(5);
    store.breakKey('b');
    const bad = expect(here.set('b', 1)).rejects.toThrow('refused');
    await clock.until(Promise.all([here.close(), here.close()]));
    expect(clock.now()).toBe(25);
    await good;
    await bad;
    expect(store.peek('a')).toBe(1);
  });

  test('stops listening, and reads ask the table each time', async () => {
    const { bus, here, there, change, reads } = setUp();
    change('a', 1);
    await here.get('a');
    await here.close();
    expect(bus.listeners).toBe(1);
    await there.set('a', 2);
    expect(await here.get('a')).toBe(2);
    change('a', 3);
    expect(await here.get('a')).toBe(3);
    expect(reads()).toBe(3);
  });
});

test.each([
  [{ ttlMs: -1 }, 'ttlMs: expected milliseconds from 0 to 2147483647, got -1'],
  [
    { busTimeoutMs: Number.NaN },
    'busTimeoutMs: expected milliseconds from 0 to 2147483647, got NaN',
  ],
  [{ jitter: 1.5 }, 'jitter: expected a number from 0 to 1, got 1.5'],
  [{ jitter: Number.NaN }, 'jitter: expected a number from 0 to 1, got NaN'],
  [{ maxEntries: 0 }, 'maxEntries: expected a whole number above 0, got 0'],
])('the options %j are refused', (options, message) => {
  expect(() => setUp(options)).toThrow(new RangeError(message));
});

test('it is the clock of the system that a cache goes by', async () => {
  const { store, bus, change } = setUp();
  const cache = new TaggedCache({
    table: store,
    bus,
    onBusError: console.error,
  });
  change('a', 1);
  await cache.get('a');
  expect(await cache.get('a')).toBe(1);
  expect(store.counts().reads).toBe(1);
});
