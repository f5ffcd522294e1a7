/** How the cache tries again: what this page says of it. */
import { describe, expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { Random } from '../../shared/random.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  type DeadLetter,
  WriteBehindCache,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { jitters } from './jitter.ts';

const retry = { attempts: 5, baseDelayMs: 100, maxDelayMs: 400 };
const longestMs = [100, 200, 400, 400];

describe('attempts are counted per operation', () => {
  function setUp() {
    const clock = new VirtualClock();
    const rows = new InMemoryStore<string, number>({ clock });
    const letters: DeadLetter<string, number>[] = [];
    const cache = new WriteBehindCache<string, number>({
      ...{ store: rows, clock, retry, random: jitters.none },
      onDeadLetter: (letter) => void letters.push(letter),
    });
    return { clock, rows, letters, cache };
  }

  test('a newer write of the key begins anew', async () => {
    const { clock, rows, letters, cache } = setUp();
    rows.breakKey('lamp');
    await cache.set('lamp', 49);
    const flushed = cache.flush();
    // After the attempts at 0, 100 and 300 ms.
    await clock.advance(301);
    await cache.set('lamp', 45);
    await clock.until(flushed);
    await clock.until(cache.flush());
    expect(letters).toMatchObject([
      { operation: { value: 45 }, attempts: retry.attempts },
    ]);
  });

  test('a row that is always refused takes no attempts from its neighbours', async () => {
    const { clock, rows, letters, cache } = setUp();
    rows.breakKey('lamp');
    await cache.set('lamp', 49);
    await clock.advance(1150);
    await cache.set('chair', 129);
    await clock.until(cache.flush());
    expect(rows.peek('chair')).toBe(129);
    expect(letters.map(({ operation }) => operation.key)).toEqual(['lamp']);
  });
});

/** Of many operations that fail for ever, each attempt's pause. */
async function pausesOf(jitter: (dice: number) => number, seed = 1) {
  const clock = new VirtualClock();
  const chance = new Random(seed);
  const times = new Map<number, number[]>();
  const cache = new WriteBehindCache<number, number>({
    ...{ clock, retry, maxBatchSize: 1 },
    store: {
      read: async () => undefined,
      async write(batch: readonly Operation<number, number>[]) {
        for (const { key } of batch) {
          times.set(key, [...(times.get(key) ?? []), clock.now()]);
        }
        throw new Error('down');
      },
    },
    random: () => jitter(chance.fraction()),
    onDeadLetter: () => {},
  });
  for (let key = 0; key < 500; key += 1) await cache.set(key, key);
  await clock.until(cache.flush());
  return longestMs.map((_, index) =>
    [...times.values()].map(
      (at) => (at[index + 1] ?? Number.NaN) - (at[index] ?? Number.NaN),
    ),
  );
}

/** The largest distance from a uniform distribution: Kolmogorov and Smirnov. */
function distance(samples: readonly number[], from: number, to: number) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted.reduce((largest, sample, index) => {
    const expected = (sample - from) / (to - from);
    const below = Math.abs(expected - index / sorted.length);
    const above = Math.abs((index + 1) / sorted.length - expected);
    return Math.max(largest, below, above);
  }, 0);
}

/** One in a thousand fair samples is farther away. */
function tolerance(count: number): number {
  return 1.95 / Math.sqrt(count);
}

describe('the pauses of the cache', () => {
  test('are spread evenly from nothing to the longest, which doubles up to its bound', async () => {
    const pauses = await pausesOf(jitters.full);
    for (const [index, samples] of pauses.entries()) {
      const longest = longestMs[index] ?? Number.NaN;
      expect(samples).toHaveLength(500);
      expect(distance(samples, 0, longest)).toBeLessThan(tolerance(500));
    }
  });

  test('are spread evenly over the upper half with equal jitter', async () => {
    const pauses = await pausesOf(jitters.equal);
    for (const [index, samples] of pauses.entries()) {
      const longest = longestMs[index] ?? Number.NaN;
      const far = distance(samples, longest / 2, longest);
      expect(far).toBeLessThan(tolerance(500));
    }
  });

  test('are all alike without jitter', async () => {
    const pauses = await pausesOf(jitters.none);
    for (const [index, samples] of pauses.entries()) {
      const longest = longestMs[index] ?? Number.NaN;
      expect(new Set(samples.map((pause) => Math.round(pause)))).toEqual(
        new Set([longest]),
      );
    }
  });

  test('tell nothing of those that follow', async () => {
    const [first = [], second = []] = await pausesOf(jitters.full);
    expect(Math.abs(correlation(first, second))).toBeLessThan(0.15);
  });
});

test('the measure tells an even spread from others', async () => {
  const chance = new Random(1);
  const even = Array.from({ length: 500 }, () => chance.fraction());
  const uneven = even.map((dice) => dice ** 1.3);
  expect(distance(even, 0, 1)).toBeLessThan(tolerance(500));
  expect(distance(uneven, 0, 1)).toBeGreaterThan(tolerance(500));
});

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (of: readonly number[]) =>
    of.reduce((sum, one) => sum + one, 0) / of.length;
  const [x, y] = [mean(xs), mean(ys)];
  const products = xs.map((one, index) => (one - x) * ((ys[index] ?? 0) - y));
  const square = (of: readonly number[], middle: number) =>
    mean(of.map((one) => (one - middle) ** 2));
  return mean(products) / Math.sqrt(square(xs, x) * square(ys, y));
}
