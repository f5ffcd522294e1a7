import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { TimeoutError } from '../../shared/timeout.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { Change } from './change.ts';
import { ChangeTable } from './change-table.ts';
import {
  CoalescingQueue,
  type CoalescingQueueOptions,
  QueueFullError,
} from './coalescing-queue.ts';
import { addedCounts } from './forms.ts';

const lost = new Error('connection reset');

/** Counts views; a write takes 20 ms. */
function setUp(options: Partial<CoalescingQueueOptions<string, number>> = {}) {
  const clock = new VirtualClock();
  const table = new ChangeTable<string | number, number>({
    writeMs: 20,
    clock,
    apply: (row, count) => Number(row ?? 0) + count,
  });
  const batches: [number, ...[string, number][]][] = [];
  const errors: unknown[] = [];
  const queue = new CoalescingQueue<string, number>({
    combine: addedCounts,
    write: (batch: readonly Change<string, number>[]) => {
      const pairs = batch.map(({ key, change }): [string, number] => [
        key,
        change,
      ]);
      batches.push([clock.now(), ...pairs]);
      return table.write(batch);
    },
    onError: (error) => errors.push(error),
    clock,
    windowMs: 100,
    retryMs: 50,
    ...options,
  });
  const stored = () => Object.fromEntries(table.store.entries());
  return { clock, table, queue, batches, errors, stored };
}

describe('within a window', () => {
  test('the changes of a key are one, and keys travel together', async () => {
    const { clock, queue, batches } = setUp();
    queue.add('lamp', 1);
    queue.add('chair', 1);
    queue.add('lamp', 2);
    await clock.advance(100);
    expect(batches).toEqual([[100, ['lamp', 3], ['chair', 1]]]);
  });

  test('a later change does not postpone the first one (P6)', async () => {
    const { clock, queue, batches } = setUp();
    for (let ms = 0; ms < 100; ms += 10) {
      queue.add('lamp', 1);
      await clock.advance(10);
    }
    expect(batches).toEqual([[100, ['lamp', 10]]]);
  });

  test('another key does not postpone the first one either (P6)', async () => {
    const { clock, queue, batches } = setUp();
    queue.add('lamp', 1);
    await clock.advance(60);
    queue.add('chair', 1);
    await clock.advance(60);
    expect(batches).toEqual([[100, ['lamp', 1], ['chair', 1]]]);
  });

  test('nothing is left to write when it ends after a flush', async () => {
    const { clock, queue, batches } = setUp();
    queue.add('lamp', 1);
    await clock.until(queue.flush());
    await clock.advance(1000);
    expect(batches).toEqual([[0, ['lamp', 1]]]);
  });

  test('nothing is written when nothing is pending', async () => {
    const { clock, queue, batches } = setUp();
    await clock.until(queue.flush());
    expect(batches).toEqual([]);
    expect(clock.isIdle).toBe(true);
  });
});

describe('what comes while a batch is written', () => {
  test('is not added to it, and is written after its own window', async () => {
    const { clock, queue, batches, stored } = setUp();
    queue.add('lamp', 1);
    await clock.advance(110);
    queue.add('lamp', 2);
    await clock.advance(1000);
    expect(batches).toEqual([
      [100, ['lamp', 1]],
      [210, ['lamp', 2]],
    ]);
    expect(stored()).toEqual({ lamp: 3 });
  });

  test('waits where the batch takes longer than the window (P4)', async () => {
    const { clock, queue, batches } = setUp({ windowMs: 5 });
    queue.add('lamp', 1);
    await clock.advance(6);
    queue.add('lamp', 2);
    await clock.advance(100);
    expect(batches).toEqual([
      [5, ['lamp', 1]],
      [25, ['lamp', 2]],
    ]);
  });
});

test('whoever adds waits for nobody, whatever the table does (P12)', async () => {
  const never = new Promise<void>(() => {});
  const { clock, queue } = setUp({ write: () => never });
  queue.add('lamp', 1);
  await clock.advance(100);
  expect(queue.add('lamp', 1)).toBeUndefined();
  expect(queue.add('chair', 1)).toBeUndefined();
});

describe('a batch that fails', () => {
  test('comes again after a while, as it was, before what is newer (P2, P3)', async () => {
    const { clock, table, queue, batches, errors, stored } = setUp();
    table.store.failNextWrites(lost);
    queue.add('lamp', 1);
    await clock.advance(130);
    queue.add('lamp', 2);
    expect(errors).toEqual([lost]);
    await clock.advance(1000);
    expect(batches).toEqual([
      [100, ['lamp', 1]],
      [170, ['lamp', 1]],
      [230, ['lamp', 2]],
    ]);
    expect(stored()).toEqual({ lamp: 3 });
  });

  test('counts once where only its confirmation was lost', async () => {
    const { clock, table, queue, stored } = setUp();
    table.store.loseNextAnswers(lost);
    queue.add('lamp', 1);
    await clock.advance(130);
    queue.add('lamp', 2);
    await clock.advance(1000);
    expect(stored()).toEqual({ lamp: 3 });
  });

  test('comes again whole, even if it was taken apart', async () => {
    const clock = new VirtualClock();
    const sizes: number[] = [];
    const queue = new CoalescingQueue<string, number>({
      combine: addedCounts,
      async write(batch) {
        sizes.push((batch as Change<string, number>[]).splice(0).length);
        if (sizes.length === 1) throw lost;
      },
      onError: () => {},
      clock,
    });
    queue.add('lamp', 1);
    await expect(queue.flush()).rejects.toBe(lost);
    await queue.flush();
    expect(sizes).toEqual([1, 1]);
  });

  test('fails the flush that waits for it, and no other one', async () => {
    const { clock, table, queue, stored } = setUp();
    table.store.failNextWrites(lost);
    queue.add('lamp', 1);
    await expect(clock.until(queue.flush())).rejects.toBe(lost);
    await clock.until(queue.flush());
    expect(stored()).toEqual({ lamp: 1 });
  });
});

describe('a flush', () => {
  test('waits for all that was added before it, whoever writes it', async () => {
    const { clock, queue, stored } = setUp();
    queue.add('lamp', 1);
    const first = queue.flush();
    queue.add('chair', 2);
    const [second, third] = [queue.flush(), queue.flush()];
    await clock.until(first);
    expect(stored()).toEqual({ lamp: 1 });
    await clock.until(third);
    expect(stored()).toEqual({ lamp: 1, chair: 2 });
    await clock.until(second);
  });

  test('does not wait for what is added after it', async () => {
    const { clock, queue, stored } = setUp();
    queue.add('lamp', 1);
    const flushed = queue.flush();
    queue.add('lamp', 2);
    await clock.until(flushed);
    expect(stored()).toEqual({ lamp: 1 });
    expect(queue.stats().pendingKeys).toBe(1);
  });
});

describe('a full queue', () => {
  test('refuses a new key, and takes one that is pending (P7)', async () => {
    const { queue } = setUp({ maxKeys: 1 });
    queue.add('lamp', 1);
    expect(() => queue.add('chair', 1)).toThrow(QueueFullError);
    queue.add('lamp', 1);
    expect(queue.stats()).toMatchObject({ accepted: 2, pendingKeys: 1 });
  });

  test('has room again for what comes after the seal', async () => {
    const { clock, queue } = setUp({ maxKeys: 1 });
    queue.add('lamp', 1);
    await clock.advance(100);
    queue.add('chair', 1);
    expect(queue.stats().pendingKeys).toBe(1);
  });
});

describe('values are values (P11)', () => {
  test('even one that is undefined replaces, and is replaced', async () => {
    const clock = new VirtualClock();
    const changes: unknown[] = [];
    const queue = new CoalescingQueue<string, number | undefined>({
      combine: (_, later) => later,
      write: async (batch) => {
        changes.push(...batch.map(({ change }) => change));
      },
      onError: () => {},
      clock,
    });
    queue.add('lamp', 0);
    queue.add('lamp', undefined);
    queue.add('chair', undefined);
    queue.add('chair', 0);
    await clock.until(queue.flush());
    expect(changes).toEqual([undefined, 0]);
  });
});

describe('close', () => {
  test('writes what is left, and takes no more (P10)', async () => {
    const { clock, queue, stored } = setUp();
    queue.add('lamp', 1);
    const closed = queue.close();
    expect(() => queue.add('lamp', 1)).toThrow(CacheClosedError);
    expect(await clock.until(closed)).toEqual([]);
    expect(stored()).toEqual({ lamp: 1 });
    expect(clock.isIdle).toBe(true);
  });

  test('returns what fails, and what waits behind it', async () => {
    const { clock, table, queue, errors } = setUp();
    table.store.failNextWrites(lost, lost);
    queue.add('lamp', 1);
    await clock.advance(125);
    queue.add('chair', 2);
    const left = await clock.until(queue.close());
    expect(left).toMatchObject([
      { key: 'lamp', change: 1 },
      { key: 'chair', change: 2 },
    ]);
    expect(errors).toEqual([lost, lost]);
    expect(clock.isIdle).toBe(true);
  });

  test('returns when the time is over, and writes nothing afterwards', async () => {
    const { clock, table, queue, batches, errors } = setUp();
    table.store.hang();
    queue.add('lamp', 1);
    await clock.advance(100);
    queue.add('chair', 2);
    const left = await clock.until(queue.close({ timeoutMs: 500 }));
    expect(left.map(({ key }) => key)).toEqual(['lamp', 'chair']);
    expect(errors).toEqual([expect.any(TimeoutError)]);
    table.store.recover();
    await clock.advance(1000);
    expect(batches).toHaveLength(1);
  });
});

describe('options', () => {
  test.each([
    ['windowMs', { windowMs: -1 }],
    ['retryMs', { retryMs: Number.NaN }],
    ['maxKeys', { maxKeys: 0 }],
  ])('%s must be what it says', (name, options) => {
    expect(() => setUp(options)).toThrow(`${name}: expected`);
  });
});

test('a queue that is opened later goes on above the versions of the first', async () => {
  const versions: number[] = [];
  const clock = new VirtualClock();
  for (const key of ['lamp', 'chair']) {
    const queue = new CoalescingQueue<string, number>({
      combine: addedCounts,
      write: async (batch) => {
        versions.push(...batch.map(({ version }) => version));
      },
      onError: () => {},
      clock,
    });
    queue.add(key, 1);
    await clock.until(queue.flush());
    await clock.advance(1);
  }
  expect(versions).toEqual([1, 1001]);
});

test('the figures say how many changes became how many rows', async () => {
  const { clock, queue } = setUp();
  queue.add('lamp', 1);
  queue.add('lamp', 1);
  queue.add('chair', 1);
  await clock.until(queue.flush());
  expect(queue.stats()).toEqual({
    accepted: 3,
    written: 3,
    rows: 2,
    pendingKeys: 0,
  });
});
