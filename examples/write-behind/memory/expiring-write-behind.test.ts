import { describe, expect, test } from 'vitest';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { PartialWriteError } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  CacheFullError,
  type DeadLetter,
} from '../../strategies/write-behind/write-behind-cache.ts';
import {
  cleanEntryBytes,
  type ExpiringOptions,
  ExpiringWriteBehind,
} from './expiring-write-behind.ts';

type Options = ExpiringOptions<string, number>;

const ttlMs = 60_000;

function setUp(options: Partial<Options> = {}) {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({
    rows: [['tea', 5]],
    writeMs: 20,
    clock,
  });
  const cache = new ExpiringWriteBehind<string, number>({
    ...{ store, clock, ttlMs },
    maxBytes: 100 * cleanEntryBytes,
    sizeOf: () => 0,
    ...options,
  });
  /** As another program does, of which the cache hears nothing. */
  const changeBeside = (key: string, value: number) =>
    store.commit({ type: 'set', key, value, version: 0 });
  return { clock, store, cache, changeBeside };
}

describe('a clean entry', () => {
  test('lives from the moment at which the store has it', async () => {
    const { clock, store, cache, changeBeside } = setUp();
    await cache.set('tea', 4);
    await clock.advance(1020);
    expect(store.peek('tea')).toBe(4);
    changeBeside('tea', 3);
    await clock.advance(ttlMs - 1);
    expect(await cache.get('tea')).toBe(4);
    await clock.advance(1);
    expect(await cache.get('tea')).toBe(3);
  });

  test('that was read lives from when the store was asked', async () => {
    const clock = new VirtualClock();
    const store = new InMemoryStore({ rows: [['tea', 5]], readMs: 50, clock });
    const { cache } = setUp({ store, clock });
    expect(await clock.until(cache.get('tea'))).toBe(5);
    await clock.advance(ttlMs - 51);
    await cache.get('tea');
    expect(store.counts().reads).toBe(1);
    await clock.advance(1);
    await clock.until(cache.get('tea'));
    expect(store.counts().reads).toBe(2);
  });

  test('of what the store does not have expires as well', async () => {
    const { clock, cache, changeBeside } = setUp();
    expect(await cache.get('cup')).toBeUndefined();
    changeBeside('cup', 8);
    expect(await cache.get('cup')).toBeUndefined();
    await clock.advance(ttlMs);
    expect(await cache.get('cup')).toBe(8);
  });

  test('of a row that was deleted expires as well', async () => {
    const { clock, cache, changeBeside } = setUp();
    await cache.delete('tea');
    await clock.until(cache.flush());
    changeBeside('tea', 3);
    expect(await cache.get('tea')).toBeUndefined();
    await clock.advance(ttlMs);
    expect(await cache.get('tea')).toBe(3);
  });

  test('that has expired is read once, for all who miss it', async () => {
    const { clock, store, cache } = setUp();
    await cache.get('tea');
    await clock.advance(ttlMs);
    await Promise.all([cache.get('tea'), cache.get('tea'), cache.get('tea')]);
    expect(store.counts().reads).toBe(2);
    expect(cache.stats()).toMatchObject({ hits: 0, misses: 4 });
  });

  test('that was used last stays longest', async () => {
    const { store, cache } = setUp({ maxBytes: 2 * cleanEntryBytes });
    for (const key of ['tea', 'cup', 'tea', 'pot']) await cache.get(key);
    const { reads } = store.counts();
    await cache.get('tea');
    expect(store.counts().reads).toBe(reads);
    await cache.get('cup');
    expect(store.counts().reads).toBe(reads + 1);
    expect(cache.stats()).toMatchObject({ cleanEntries: 2, evicted: 2 });
  });

  test('counts with the bytes of its key and its value', async () => {
    const sizeOf = (key: string, value = 0) => key.length + value;
    const { clock, cache } = setUp({ sizeOf });
    await cache.get('tea');
    await cache.set('lamp', 7);
    expect(cache.stats().cleanBytes).toBe(8 + cleanEntryBytes);
    await clock.until(cache.flush());
    expect(cache.stats().cleanBytes).toBe(19 + 2 * cleanEntryBytes);
  });
});

describe('a dirty entry', () => {
  test('outlives its time while the flush takes long', async () => {
    const { clock, store, cache } = setUp({ maxDelayMs: 0 });
    store.hang();
    await cache.set('tea', 4);
    await clock.advance(10 * ttlMs);
    expect(cache.status('tea')).toBe('writing');
    expect(await cache.get('tea')).toBe(4);
    store.recover();
    await clock.advance(20);
    expect(await cache.get('tea')).toBe(4);
    expect(store.counts().reads).toBe(0);
  });

  test('outlives its time between its attempts', async () => {
    const retry = { attempts: 10, baseDelayMs: ttlMs, maxDelayMs: 10 * ttlMs };
    const { clock, store, cache } = setUp({ retry, random: () => 0.9 });
    store.failNextWrites(new Error('one'), new Error('two'));
    await cache.set('tea', 4);
    await clock.advance(2 * ttlMs);
    expect(cache.status('tea')).toBe('pending');
    expect(await cache.get('tea')).toBe(4);
  });

  test('hides the row even where it is a delete', async () => {
    const { clock, store, cache } = setUp({ maxDelayMs: 10 * ttlMs });
    await cache.get('tea');
    await cache.delete('tea');
    await clock.advance(ttlMs);
    expect(await cache.get('tea')).toBeUndefined();
    expect(store.peek('tea')).toBe(5);
  });

  test('that nobody takes as a dead letter never expires', async () => {
    const { clock, store, cache } = setUp({ retry: { attempts: 1 } });
    store.breakKey('tea');
    await cache.set('tea', 4);
    await clock.advance(10 * ttlMs);
    expect(cache.status('tea')).toBe('failed');
    expect(await cache.get('tea')).toBe(4);
  });

  test('becomes clean when somebody has taken it as a dead letter', async () => {
    const letters: DeadLetter<string, number>[] = [];
    const { clock, store, cache } = setUp({
      retry: { attempts: 1 },
      onDeadLetter: (letter) => {
        letters.push(letter);
      },
    });
    store.breakKey('tea');
    await cache.set('tea', 4);
    await clock.advance(1020);
    expect(letters).toHaveLength(1);
    await clock.advance(ttlMs - 1);
    expect(await cache.get('tea')).toBe(4);
    await clock.advance(1);
    expect(await cache.get('tea')).toBe(5);
  });

  test('becomes clean with each of several dead letters', async () => {
    const { clock, store, cache } = setUp({
      retry: { attempts: 1 },
      onDeadLetter: () => {},
    });
    const keys = ['tea', 'cup', 'pot'];
    for (const key of keys) {
      store.breakKey(key);
      await cache.set(key, 4);
    }
    await clock.advance(1020 + ttlMs);
    const values = await Promise.all(keys.map((key) => cache.get(key)));
    expect(values).toEqual([5, undefined, undefined]);
  });

  test('is not replaced by a dead letter that is taken late', async () => {
    let take = () => {};
    const { clock, store, cache } = setUp({
      retry: { attempts: 1 },
      onDeadLetter: () =>
        new Promise((resolve) => {
          take = resolve;
        }),
    });
    store.breakKey('tea');
    await cache.set('tea', 4);
    await clock.advance(1020);
    store.mendKey('tea');
    await cache.set('tea', 3);
    await clock.until(cache.flush());
    take();
    await clock.advance(0);
    expect(await cache.get('tea')).toBe(3);
  });

  test('is not replaced by one that is taken after a newer one', async () => {
    const takes: { take: () => void; refuse: (error: Error) => void }[] = [];
    const { clock, store, cache } = setUp({
      retry: { attempts: 1 },
      onDeadLetter: () =>
        new Promise((take, refuse) => {
          takes.push({ take, refuse });
        }),
    });
    store.breakKey('tea');
    await cache.set('tea', 4);
    await clock.advance(1020);
    await cache.set('tea', 3);
    await clock.advance(1020);
    takes[1]?.refuse(new Error('no room'));
    await clock.advance(0);
    takes[0]?.take();
    await clock.advance(10 * ttlMs);
    expect(await cache.get('tea')).toBe(3);
  });

  test('is dirty again when a newer write of a dead letter fails', async () => {
    let isTaking = true;
    const { clock, store, cache } = setUp({
      retry: { attempts: 1 },
      onDeadLetter: () => {
        if (!isTaking) throw new Error('no room');
      },
    });
    store.breakKey('tea');
    await cache.set('tea', 4);
    await clock.advance(1020);
    isTaking = false;
    await cache.set('tea', 3);
    await clock.advance(10 * ttlMs);
    expect(await cache.get('tea')).toBe(3);
  });

  test('stays, though the bound is full of dirty ones', async () => {
    const { clock, store, cache } = setUp({
      maxBytes: 1,
      maxPending: 3,
      whenFull: 'reject',
    });
    const keys = ['tea', 'cup', 'pot'];
    for (const key of keys) await cache.set(key, 4);
    await expect(cache.set('lamp', 4)).rejects.toThrow(CacheFullError);
    await cache.get('lamp');
    for (const key of keys) expect(await cache.get(key)).toBe(4);
    expect(store.counts().reads).toBe(1);
    await clock.until(cache.flush());
    expect(cache.stats()).toMatchObject({ cleanEntries: 0, persisted: 3 });
    for (const key of keys) expect(await cache.get(key)).toBe(4);
    expect(store.counts().reads).toBe(4);
  });
});

describe('a read under way', () => {
  test('is not kept over a write that was stored meanwhile', async () => {
    const clock = new VirtualClock();
    const store = new InMemoryStore({
      rows: [['tea', 5]],
      readMs: 5000,
      clock,
    });
    const { cache } = setUp({ store, clock, maxBytes: cleanEntryBytes });
    const slow = cache.get('tea');
    await cache.set('tea', 4);
    await clock.until(cache.flush());
    await cache.set('cup', 8);
    await clock.until(cache.flush());
    // The clean entry of the tea has made room for that of the cup.
    await clock.until(slow);
    expect(await clock.until(cache.get('tea'))).toBe(4);
  });

  test('finds what is pending by then', async () => {
    const clock = new VirtualClock();
    const store = new InMemoryStore({ rows: [['tea', 5]], readMs: 10, clock });
    const { cache } = setUp({ store, clock });
    const slow = cache.get('tea');
    await cache.set('tea', 4);
    expect(await clock.until(slow)).toBe(4);
  });

  test('that fails is not kept, and its error reaches the reader', async () => {
    const { store, cache } = setUp();
    store.failNextReads(new Error('too many clients'));
    await expect(cache.get('tea')).rejects.toThrow('too many clients');
    expect(await cache.get('tea')).toBe(5);
  });
});

describe('a batch', () => {
  test('that fails in part makes clean what was stored', async () => {
    const { clock, store, cache } = setUp();
    store.breakKey('cup');
    await cache.set('tea', 4);
    await cache.set('cup', 8);
    await clock.advance(1020);
    expect(cache.status('cup')).not.toBe('clean');
    expect(cache.stats().cleanEntries).toBe(1);
    expect(await cache.get('tea')).toBe(4);
    expect(await cache.get('cup')).toBe(8);
    expect(store.counts().reads).toBe(0);
  });

  test('may be taken apart by the store', async () => {
    const { cache, clock } = setUp({
      store: {
        read: async () => undefined,
        write: async (batch) => {
          (batch as unknown[]).length = 0;
        },
      },
    });
    await cache.set('tea', 4);
    await clock.until(cache.flush());
    expect(await cache.get('tea')).toBe(4);
  });

  test('written through that fails leaves no entry that may be old', async () => {
    const { clock, store, cache } = setUp({
      maxPending: 1,
      whenFull: 'write-through',
    });
    await cache.get('tea');
    await cache.set('cup', 8);
    await clock.until(cache.flush());
    store.hang();
    await cache.set('cup', 9);
    store.loseNextAnswers(new Error('reset'), new Error('reset'));
    const through = cache.set('tea', 4).catch((error) => String(error));
    await clock.advance(1);
    store.recover();
    expect(await clock.until(through)).toBe('Error: reset');
    expect(store.peek('tea')).toBe(4);
    expect(await cache.get('tea')).toBe(4);
  });
});

describe('a write through that was refused', () => {
  const refusing = { maxPending: 1, whenFull: 'write-through' } as const;

  test('leaves what the store has', async () => {
    const { clock, store, cache } = setUp(refusing);
    store.breakKey('tea', new Error('the row is refused'));
    await cache.set('cup', 8);
    const through = cache.set('tea', 4).catch(() => 'refused');
    expect(await clock.until(through)).toBe('refused');
    expect(await cache.get('tea')).toBe(5);
  });

  test('does so where the error names nothing that failed', async () => {
    const { clock, store, cache } = setUp(refusing);
    const failure = new PartialWriteError<string, number>([]);
    store.failNextWrites(failure, failure);
    await cache.set('cup', 8);
    const through = cache.set('tea', 4).catch(() => 'refused');
    expect(await clock.until(through)).toBe('refused');
    expect(await cache.get('tea')).toBe(5);
  });
});

test('what a journal replays is dirty before the first read', async () => {
  const journal = new InMemoryJournal<string, number>();
  await journal.append({ type: 'set', key: 'tea', value: 4, version: 1 });
  const { clock, store, cache } = setUp({ journal });
  expect(await cache.get('tea')).toBe(4);
  expect(store.peek('tea')).toBe(5);
  expect(await cache.get('cup')).toBeUndefined();
  await clock.until(cache.close());
  expect(store.peek('tea')).toBe(4);
});

test('a journal that cannot be replayed fails each read', async () => {
  const journal = new InMemoryJournal<string, number>();
  journal.failNext(new Error('disk error'));
  const { cache } = setUp({ journal });
  await expect(cache.get('tea')).rejects.toThrow('disk error');
  await expect(cache.get('tea')).rejects.toThrow('disk error');
});

describe('with a copy', () => {
  function setUpCarts(maxBytes: number) {
    return new ExpiringWriteBehind<string, { cart: string[] }>({
      store: new InMemoryStore({ rows: [['linh', { cart: ['tea'] }]] }),
      ...{ clock: new VirtualClock(), ttlMs, maxBytes },
      sizeOf: () => 100,
      copy: structuredClone,
    });
  }

  test('nobody can change a clean entry', async () => {
    const cache = setUpCarts(10_000);
    for (let read = 1; read <= 3; read += 1) {
      const session = await cache.get('linh');
      expect(session).toEqual({ cart: ['tea'] });
      session?.cart.push('cup');
    }
  });

  test('readers of what is too large to be kept share nothing', async () => {
    const cache = setUpCarts(1);
    const reads = [cache.get('linh'), cache.get('linh')];
    const [one, other] = await Promise.all(reads);
    one?.cart.push('cup');
    expect(other).toEqual({ cart: ['tea'] });
  });
});

describe('a wrong estimate', () => {
  test.each([Number.NaN, -1])('of %d is told to readers', async (bytes) => {
    const { cache } = setUp({ sizeOf: () => bytes });
    await expect(cache.get('tea')).rejects.toThrow(
      `sizeOf: expected a number of bytes from 0, got ${bytes}`,
    );
  });

  test('does not undo what the store has', async () => {
    const { clock, store, cache } = setUp({ sizeOf: () => Number.NaN });
    await cache.set('tea', 4);
    await clock.until(cache.flush());
    expect(store.peek('tea')).toBe(4);
    expect(store.counts().writes).toBe(1);
    expect(cache.status('tea')).toBe('clean');
  });
});

test.each<[Partial<Options>, string]>([
  [{ ttlMs: -1 }, 'ttlMs: expected milliseconds from 0'],
  [{ maxBytes: 0 }, 'maxBytes: expected a whole number above 0, got 0'],
  [{ maxPending: 0 }, 'maxPending: expected a whole number above 0, got 0'],
])('%j is refused', (wrong, message) => {
  expect(() => setUp(wrong)).toThrow(message);
});

test('a cache without sizeOf is refused', () => {
  const wrong = { sizeOf: undefined } as unknown as Partial<Options>;
  expect(() => setUp(wrong)).toThrow('sizeOf: expected a function');
});
