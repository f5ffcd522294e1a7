import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { PartialWriteError } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  type DeadLetter,
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { StatusTracker, type StatusTrackerOptions } from './status-tracker.ts';

type Letter = DeadLetter<string, number>;

const permanent = Object.assign(new Error('check constraint'), {
  permanent: true,
});

/** A cache that writes after 100 ms, which takes 20. */
function setUp(
  options: Partial<StatusTrackerOptions<string, number>> = {},
  settings: Partial<WriteBehindOptions<string, number>> = {},
) {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const letters: Letter[] = [];
  const tracker = new StatusTracker<string, number>({
    store,
    clock,
    onDeadLetter: (letter) => {
      letters.push(letter);
    },
    ...options,
  });
  const cache = new WriteBehindCache<string, number>({
    ...tracker.ports,
    maxDelayMs: 100,
    retry: { attempts: 2, baseDelayMs: 20 },
    random: () => 0.5,
    ...settings,
  });
  const states = () => tracker.writes().map(({ state }) => state);
  return { clock, store, tracker, cache, letters, states };
}

describe('a write', () => {
  test('is pending, then writing, then completed, each at its time', async () => {
    const { clock, tracker, cache } = setUp();
    await clock.advance(7);
    await cache.set('views', 1);
    const pending = tracker.last('views');
    expect(pending).toEqual({
      ticket: expect.any(Number),
      key: 'views',
      type: 'set',
      state: 'pending',
      attempts: 0,
      acceptedAt: 7,
      settledAt: undefined,
      error: undefined,
    });
    const { ticket = 0 } = pending ?? {};
    await clock.advance(110);
    const writing = { ...pending, state: 'writing', attempts: 1 };
    expect(tracker.find(ticket)).toEqual(writing);
    await clock.advance(10);
    const completed = { ...writing, state: 'completed', settledAt: 127 };
    expect(tracker.find(ticket)).toEqual(completed);
  });

  test('may be a delete', async () => {
    const { tracker, cache } = setUp();
    await cache.delete('views');
    expect(tracker.last('views')).toMatchObject({ type: 'delete' });
  });

  test('has the version of its operation for a name', async () => {
    const { clock, tracker, cache, letters, store } = setUp();
    store.breakKey('views', permanent);
    await cache.set('views', 1);
    await clock.until(cache.flush());
    expect(tracker.last('views')?.ticket).toBe(letters[0]?.operation.version);
  });

  test('that fails is pending again, until it sets out once more', async () => {
    const { clock, store, tracker, cache } = setUp();
    const error = new Error('connection reset');
    store.failNextWrites(error);
    await cache.set('views', 1);
    await clock.advance(120);
    const retried = { state: 'pending', attempts: 1, error };
    expect(tracker.last('views')).toMatchObject(retried);
    await clock.advance(10);
    const writing = { state: 'writing', attempts: 2, error };
    expect(tracker.last('views')).toMatchObject(writing);
    await clock.advance(20);
    const completed = { state: 'completed', attempts: 2, settledAt: 150 };
    expect(tracker.last('views')).toMatchObject(completed);
  });

  test('that fails alone does so beside what its batch has written', async () => {
    const { clock, store, tracker, cache } = setUp();
    store.breakKey('likes');
    await cache.set('views', 1);
    await cache.set('likes', 1);
    await clock.advance(120);
    expect(tracker.last('views')?.state).toBe('completed');
    expect(tracker.last('likes')?.state).toBe('pending');
  });

  test('fails with its batch where the error names what is not of it', async () => {
    const { clock, store, tracker, cache } = setUp();
    const operation = { type: 'delete', key: 'likes', version: 1 } as const;
    store.failNextWrites(
      new PartialWriteError<string, number>([operation]),
      new PartialWriteError<string, number>([]),
    );
    await cache.set('views', 1);
    await clock.advance(120);
    expect(tracker.last('views')?.state).toBe('pending');
    await clock.advance(30);
    expect(tracker.last('views')).toMatchObject({ state: 'failed' });
  });

  test('is followed where the store takes its batch apart', async () => {
    const { clock, cache, states } = setUp({
      store: {
        read: async () => undefined,
        write: async (batch) => {
          (batch as unknown[]).length = 0;
        },
      },
    });
    await cache.set('views', 1);
    await clock.until(cache.flush());
    expect(states()).toEqual(['completed']);
  });

  test('that is given up has failed, and is a dead letter', async () => {
    const { clock, store, tracker, cache, letters } = setUp();
    store.breakKey('views', permanent);
    await cache.set('views', 1);
    await clock.advance(120);
    expect(letters).toHaveLength(1);
    expect(tracker.last('views')).toMatchObject({
      state: 'failed',
      attempts: 1,
      settledAt: 120,
      error: letters[0]?.error,
    });
  });

  test('has failed too where nobody takes the dead letter', async () => {
    const { clock, store, tracker, cache } = setUp({
      onDeadLetter: () => {
        throw new Error('the disk is full');
      },
    });
    store.breakKey('views', permanent);
    await cache.set('views', 1);
    await clock.until(cache.flush());
    expect(tracker.last('views')?.state).toBe('failed');
    expect(cache.status('views')).toBe('failed');
    const { deadLettered } = await clock.until(cache.close());
    expect(deadLettered).toHaveLength(1);
  });

  test('that goes through to the store is followed, whether it arrives or not', async () => {
    const { clock, store, tracker, cache } = setUp(
      {},
      { maxPending: 1, whenFull: 'write-through' },
    );
    await cache.set('views', 1);
    await clock.until(cache.set('likes', 1));
    expect(tracker.last('likes')?.state).toBe('completed');
    await cache.set('views', 2);
    store.breakKey('likes');
    const failure = clock.until(cache.set('likes', 2));
    await expect(failure).rejects.toThrow(PartialWriteError);
    await clock.advance(0);
    expect(tracker.last('likes')).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: expect.any(PartialWriteError),
    });
  });
});

describe('a write that is replaced', () => {
  test('before it sets out is coalesced', async () => {
    const { clock, cache, states } = setUp();
    await cache.set('views', 1);
    await cache.set('views', 2);
    expect(states()).toEqual(['coalesced', 'pending']);
    await clock.until(cache.flush());
    expect(states()).toEqual(['coalesced', 'completed']);
  });

  test('on its way is completed when it lands', async () => {
    const { clock, cache, states } = setUp();
    await cache.set('views', 1);
    await clock.advance(110);
    await cache.set('views', 2);
    expect(states()).toEqual(['writing', 'pending']);
    await clock.advance(10);
    expect(states()).toEqual(['completed', 'pending']);
  });

  test('on its way is coalesced when it fails', async () => {
    const { clock, store, cache, states } = setUp();
    store.failNextWrites(new Error('connection reset'));
    await cache.set('views', 1);
    await clock.advance(110);
    await cache.set('views', 2);
    await clock.advance(10);
    expect(states()).toEqual(['coalesced', 'pending']);
  });

  test('in the very moment in which it sets out is writing', async () => {
    const { clock, tracker, cache, states } = setUp({}, { maxBatchSize: 2 });
    await cache.set('views', 1);
    await Promise.all([cache.set('likes', 1), cache.set('views', 2)]);
    expect(states()).toEqual(['writing', 'writing', 'pending']);
    const [first] = tracker.writes();
    expect(first).toMatchObject({ attempts: 1, settledAt: undefined });
    await clock.advance(20);
    expect(states()).toEqual(['completed', 'completed', 'pending']);
  });
});

describe('who asks for the end of the last write', () => {
  test('hears of it when it is there', async () => {
    const { clock, tracker, cache } = setUp();
    await cache.set('views', 1);
    const write = await clock.until(tracker.settled('views'));
    expect(write).toEqual(tracker.last('views'));
    expect(write?.state).toBe('completed');
    expect(clock.now()).toBe(120);
  });

  test('hears at once of what has settled', async () => {
    const { clock, tracker, cache } = setUp();
    await cache.set('views', 1);
    await clock.until(cache.flush());
    const write = await tracker.settled('views');
    expect(write?.state).toBe('completed');
  });

  test('hears at once that there is none', async () => {
    const { tracker } = setUp();
    expect(await tracker.settled('views')).toBeUndefined();
  });

  test('hears that it has failed', async () => {
    const { clock, store, tracker, cache } = setUp();
    store.breakKey('views', permanent);
    await cache.set('views', 1);
    const write = await clock.until(tracker.settled('views'));
    expect(write?.state).toBe('failed');
  });

  test('hears of the one that took its place', async () => {
    const { clock, tracker, cache } = setUp();
    await cache.set('views', 1);
    const settled = tracker.settled('views');
    await cache.set('views', 2);
    const alike = tracker.settled('views');
    await cache.set('views', 3);
    const { ticket = 0 } = tracker.last('views') ?? {};
    const outcomes = await clock.until(Promise.all([settled, alike]));
    expect(outcomes.map((write) => write?.ticket)).toEqual([ticket, ticket]);
  });

  test('hears of the one that came while it failed', async () => {
    const { clock, store, tracker, cache } = setUp();
    store.failNextWrites(new Error('connection reset'));
    await cache.set('views', 1);
    const settled = tracker.settled('views');
    await clock.advance(110);
    await cache.set('views', 2);
    const others = tracker.settled('views');
    const outcomes = await clock.until(Promise.all([settled, others]));
    const { ticket } = tracker.last('views') ?? {};
    expect(outcomes.map((write) => write?.ticket)).toEqual([ticket, ticket]);
    expect(store.peek('views')).toBe(2);
  });

  test('does not wait for the writes that come after it', async () => {
    const { clock, tracker, cache } = setUp();
    await cache.set('views', 1);
    const settled = tracker.settled('views');
    for (let value = 2; value < 20; value += 1) {
      await clock.advance(10);
      await cache.set('views', value);
    }
    expect((await clock.until(settled))?.settledAt).toBe(120);
  });

  test('keeps the process until then', async () => {
    const clock = new VirtualClock();
    let waiting = 0;
    const keepAlive = () => {
      waiting += 1;
      return () => {
        waiting -= 1;
      };
    };
    const { tracker, cache } = setUp({
      store: new InMemoryStore<string, number>(),
      clock: {
        now: () => clock.now(),
        schedule: (ms, task) => clock.schedule(ms, task),
        keepAlive,
      },
    });
    await cache.set('views', 1);
    const settled = tracker.settled('views');
    expect(waiting).toBe(1);
    await clock.until(settled);
    expect(waiting).toBe(0);
  });

  test('is told when the cache has closed before it', async () => {
    const { clock, store, tracker, cache } = setUp();
    store.hang();
    await cache.set('views', 1);
    const settled = tracker.settled('views');
    await clock.until(cache.close({ timeoutMs: 50 }));
    tracker.close();
    await expect(settled).rejects.toThrow(CacheClosedError);
    await expect(tracker.settled('views')).rejects.toThrow(
      'it closed before the write was stored',
    );
    expect(await tracker.settled('likes')).toBeUndefined();
  });
});

describe('its memory', () => {
  test('keeps the last that have settled, and forgets the others', async () => {
    const { clock, tracker, cache } = setUp({ maxSettled: 2 });
    const tickets: number[] = [];
    for (const key of ['a', 'b', 'c']) {
      await cache.set(key, 1);
      tickets.push(tracker.last(key)?.ticket ?? 0);
      await clock.until(cache.flush());
    }
    expect(tracker.writes().map(({ key }) => key)).toEqual(['b', 'c']);
    expect(tracker.find(tickets[0] ?? 0)).toBeUndefined();
    expect(tracker.last('a')).toBeUndefined();
    expect(tracker.last('c')?.ticket).toBe(tickets[2]);
  });

  test('keeps the last write of a key whose first is forgotten', async () => {
    const { clock, tracker, cache, states } = setUp({ maxSettled: 1 });
    for (let value = 1; value <= 100; value += 1)
      await cache.set('views', value);
    expect(states()).toEqual(['coalesced', 'pending']);
    await clock.until(cache.flush());
    expect(tracker.last('views')?.state).toBe('completed');
  });

  test('holds on to nothing of those that it has forgotten', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const store = { read: async () => undefined, write: async () => {} };
    const tracker = new StatusTracker<object, number>({
      store,
      onDeadLetter: () => {},
      maxSettled: 5,
    });
    const cache = new WriteBehindCache<object, number>({
      ...tracker.ports,
      maxEntries: 5,
    });
    const writeAndWait = async (key: object) => {
      await cache.set(key, 1);
      const settled = tracker.settled(key);
      await cache.flush();
      await settled;
      return new WeakRef(key);
    };
    // The engine may keep a few that nobody can reach, in a register or a cache
    // of its own: so many more are written than may stay.
    const keys: WeakRef<object>[] = [];
    for (let page = 0; page < 300; page += 1) {
      keys.push(await writeAndWait({ page }));
    }
    // A weak reference holds on to its target until the job is over.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    const kept = keys.filter((key) => key.deref() !== undefined);
    expect(kept.length).toBeLessThan(20);
  });

  test('forgets none that is still under way', async () => {
    const { tracker, cache } = setUp({ maxSettled: 1 });
    const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);
    for (const key of keys) await cache.set(key, 1);
    expect(tracker.writes()).toHaveLength(50);
  });

  test.each([0, -1, 1.5, Number.NaN])(
    'cannot be of %d writes',
    (maxSettled) => {
      expect(() => setUp({ maxSettled })).toThrow(
        `maxSettled: expected a whole number above 0, got ${maxSettled}`,
      );
    },
  );
});

describe('over a journal', () => {
  test('it follows what the journal has, and nothing that it refused', async () => {
    const journal = new InMemoryJournal<string, number>();
    const { tracker, cache, clock } = setUp({ journal });
    await clock.advance(0);
    journal.failNext(new Error('the disk is full'));
    await expect(cache.set('views', 1)).rejects.toThrow('the disk is full');
    expect(tracker.last('views')).toBeUndefined();
    await clock.until(cache.close());
  });

  test('it goes on with the tickets of the last process', async () => {
    const journal = new InMemoryJournal<string, number>();
    const crashed = setUp({ journal });
    await crashed.cache.set('views', 1);
    const { ticket = 0 } = crashed.tracker.last('views') ?? {};

    const { clock, tracker, cache } = setUp({ journal });
    await clock.until(cache.flush());
    expect(tracker.find(ticket)).toMatchObject({
      key: 'views',
      state: 'completed',
    });
    expect(await journal.replay()).toEqual([]);
    expect(await tracker.ports.journal.lastVersion()).toBe(ticket);
  });
});
