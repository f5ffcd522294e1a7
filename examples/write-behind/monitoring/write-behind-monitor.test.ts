import { describe, expect, test } from 'vitest';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  CacheFullError,
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { StatusTracker } from '../anatomy/status-tracker.ts';
import { type Flush, WriteBehindMonitor } from './write-behind-monitor.ts';

function setUp(options: Partial<WriteBehindOptions<string, number>> = {}) {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const { onDeadLetter = () => {}, journal } = options;
  const monitor = new WriteBehindMonitor<string, number>({
    ...{ store, clock, onDeadLetter },
    ...(journal && { journal }),
  });
  const flushes: Flush[] = [];
  monitor.onFlush((flush) => flushes.push(flush));
  const cache = new WriteBehindCache<string, number>({
    random: () => 0.5,
    ...options,
    ...monitor.ports,
  });
  return { clock, store, monitor, flushes, cache };
}

const permanent = Object.assign(new Error('refused'), { permanent: true });

describe('the oldest age', () => {
  test('is that of the first change of a key, however often it changes', async () => {
    const { clock, store, monitor, cache } = setUp();
    store.hang();
    for (let second = 0; second < 90; second += 1) {
      await cache.set('home', second);
      await clock.advance(1000);
    }
    expect(monitor.readings()).toMatchObject({
      queueSize: 1,
      oldestAgeMs: 90_000,
    });
  });

  test('begins anew with what came during the flush', async () => {
    const { clock, monitor, cache } = setUp();
    await cache.set('home', 1);
    await clock.advance(1010);
    await cache.set('home', 2);
    await clock.advance(5);
    expect(monitor.readings().oldestAgeMs).toBe(1015);
    await clock.advance(5);
    expect(monitor.readings()).toMatchObject({ queueSize: 1, oldestAgeMs: 10 });
    await clock.until(cache.flush());
    expect(monitor.readings()).toMatchObject({ queueSize: 0, oldestAgeMs: 0 });
  });

  test('goes on through failures', async () => {
    const { clock, store, monitor, cache } = setUp();
    store.failNextWrites(new Error('reset'), new Error('reset'));
    await cache.set('home', 1);
    await clock.advance(1050);
    await cache.set('home', 2);
    await clock.advance(50);
    expect(monitor.readings().oldestAgeMs).toBe(1100);
  });

  test('counts a dead letter that nobody takes, and none that is taken', async () => {
    let isTaken = false;
    const { clock, store, monitor, cache } = setUp({
      onDeadLetter: () => {
        if (!isTaken) throw new Error('the disk is full');
      },
    });
    store.breakKey('minh', permanent);
    await cache.set('minh', 1);
    await clock.advance(60_000);
    expect(monitor.readings()).toMatchObject({
      queueSize: 1,
      oldestAgeMs: 60_000,
      deadLetters: 1,
    });
    isTaken = true;
    await clock.until(cache.flush());
    expect(monitor.readings()).toMatchObject({ queueSize: 0, deadLetters: 2 });
  });

  test('does not count a write that was refused', async () => {
    const { store, monitor, cache } = setUp({
      maxPending: 1,
      whenFull: 'reject',
    });
    store.hang();
    await cache.set('a', 1);
    await expect(cache.set('b', 1)).rejects.toThrow(CacheFullError);
    expect(monitor.readings()).toMatchObject({ queueSize: 1, accepted: 1 });
  });

  test('counts a write through until it has landed or failed', async () => {
    const { clock, store, monitor, cache } = setUp({
      maxPending: 1,
      whenFull: 'write-through',
    });
    store.breakKey('b');
    await cache.set('a', 1);
    const refused = cache.set('b', 1);
    await clock.advance(0);
    expect(monitor.readings().queueSize).toBe(2);
    await expect(clock.until(refused)).rejects.toThrow();
    expect(monitor.readings().queueSize).toBe(0);
  });
});

describe('with a journal', () => {
  test('a change that it refuses was never acknowledged', async () => {
    const journal = new InMemoryJournal<string, number>();
    const { clock, monitor, cache } = setUp({ journal });
    await clock.advance(0);
    journal.failNext(new Error('the disk is full'));
    await expect(cache.set('home', 1)).rejects.toThrow('the disk is full');
    expect(monitor.readings()).toMatchObject({ queueSize: 0, accepted: 0 });
  });

  test('what is replayed counts from the start of the process', async () => {
    const journal = new InMemoryJournal<string, number>();
    await setUp({ journal }).cache.set('home', 1);
    const { clock, store, monitor, cache } = setUp({ journal });
    await clock.advance(400);
    expect(monitor.readings()).toMatchObject({
      queueSize: 1,
      oldestAgeMs: 400,
    });
    await clock.until(cache.flush());
    expect(monitor.readings().queueSize).toBe(0);
    expect(store.peek('home')).toBe(1);
    expect(journal.entries()).toEqual([]);
    const lastVersion = await journal.lastVersion();
    expect(await monitor.ports.journal.lastVersion()).toBe(lastVersion);
    expect(lastVersion).toBeGreaterThan(0);
  });

  test('one that hangs while it forgets does not age what is stored', async () => {
    const journal = new InMemoryJournal<string, number>();
    journal.settle = () => new Promise<never>(() => {});
    const { clock, monitor, cache } = setUp({ journal });
    for (const page of ['a', 'b', 'c']) {
      await cache.set(page, 1);
      await clock.until(cache.flush());
    }
    expect(monitor.readings()).toMatchObject({ queueSize: 0, oldestAgeMs: 0 });
  });
});

describe('a flush', () => {
  test('is timed and told by its outcome', async () => {
    const { clock, store, flushes, cache } = setUp();
    await cache.set('a', 1);
    await clock.until(cache.flush());
    store.failNextWrites(new Error('reset'));
    await cache.set('a', 2);
    await clock.until(cache.flush());
    store.breakKey('b', permanent);
    await cache.set('b', 1);
    await clock.until(cache.flush());
    const durationMs = 20;
    expect(flushes).toEqual([
      { durationMs, outcome: 'stored' },
      { durationMs, outcome: 'failed' },
      { durationMs, outcome: 'stored' },
      { durationMs, outcome: 'partial' },
    ]);
  });

  test('that fails gives its error to the cache, which tries again', async () => {
    const { clock, store, monitor, cache } = setUp();
    store.failNextWrites(new Error('reset'), new Error('reset'));
    await cache.set('a', 1);
    await cache.set('b', 1);
    await clock.advance(1020);
    expect(monitor.readings()).toMatchObject({ failuresInARow: 1, retries: 0 });
    await clock.until(cache.flush());
    expect(monitor.readings().failuresInARow).toBe(0);
    expect(monitor.readings().retries).toBe(3);
    expect([store.peek('a'), store.peek('b')]).toEqual([1, 1]);
  });

  test('with newer changes of its keys is no retry', async () => {
    const { clock, store, monitor, cache } = setUp();
    store.failNextWrites(new Error('reset'));
    await cache.set('a', 1);
    await clock.advance(1010);
    await cache.set('a', 2);
    await clock.until(cache.flush());
    expect(monitor.readings().retries).toBe(0);
  });

  test('of which some rows are refused is no failure of the store', async () => {
    const { clock, store, monitor, cache } = setUp();
    store.failNextWrites(new Error('reset'));
    store.breakKey('a', permanent);
    await cache.set('a', 1);
    await clock.advance(1020);
    expect(monitor.readings().failuresInARow).toBe(1);
    await clock.until(cache.flush());
    expect(monitor.readings().failuresInARow).toBe(0);
  });

  test('of which no row is stored is one, even if the error names them all', async () => {
    const { clock, store, monitor, flushes, cache } = setUp();
    for (const key of ['a', 'b']) {
      store.breakKey(key, new Error('connection refused'));
      await cache.set(key, 1);
    }
    await clock.advance(1020);
    expect(monitor.readings().failuresInARow).toBe(1);
    expect(flushes).toEqual([{ durationMs: 20, outcome: 'failed' }]);
  });
});

test.each([-1, 0.5, Number.NaN])('a drift of %d is refused', (driftKeys) => {
  const { monitor } = setUp();
  expect(() => monitor.reconciled(driftKeys)).toThrow(
    `driftKeys: expected a whole number from 0, got ${driftKeys}`,
  );
  expect(monitor.readings().driftKeys).toBeUndefined();
});

test('reads go to the store', async () => {
  const { clock, store, cache } = setUp();
  store.commit({ type: 'set', key: 'a', value: 7, version: 1 });
  expect(await clock.until(cache.get('a'))).toBe(7);
});

// #region tracker
test('a status tracker stands in the ports of a monitor', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const monitor = new WriteBehindMonitor<string, number>({
    ...{ store, clock },
    onDeadLetter: () => {},
  });
  const tracker = new StatusTracker<string, number>(monitor.ports);
  const cache = new WriteBehindCache<string, number>(tracker.ports);
  await cache.set('home', 1);
  expect(tracker.last('home')?.state).toBe('pending');
  expect(monitor.readings().queueSize).toBe(1);
  await clock.until(cache.flush());
  expect(tracker.last('home')?.state).toBe('completed');
  expect(monitor.readings().queueSize).toBe(0);
});
// #endregion tracker
