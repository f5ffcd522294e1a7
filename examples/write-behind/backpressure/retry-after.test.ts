import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { RetryAfter, type RetryAfterOptions } from './retry-after.ts';

/** A queue of 10,000 keys, which is full. */
function setUp(options: Partial<RetryAfterOptions> = {}) {
  const clock = new VirtualClock();
  let persisted = 70_000;
  let looks = 0;
  const retryAfter = new RetryAfter({
    stats: () => {
      looks += 1;
      return { persisted };
    },
    maxPending: 10_000,
    clock,
    random: () => 0,
    ...options,
  });
  /** Requests come, and the store takes so many rows a second. */
  const pass = async (seconds: number, rowsPerSecond: number) => {
    for (let tenth = 0; tenth < 10 * seconds; tenth += 1) {
      retryAfter.observe();
      await clock.advance(100);
      persisted += rowsPerSecond / 10;
    }
  };
  return { clock, retryAfter, pass, looks: () => looks };
}

describe('a caller comes back', () => {
  // #region rate
  test('when half of the queue is free, at the rate of the store', async () => {
    const { retryAfter, pass } = setUp();
    await pass(10, 500);
    expect(retryAfter.seconds()).toBe(10);
  });

  test('between then and twice as late, by chance', async () => {
    const { retryAfter, pass } = setUp({ random: () => 0.999 });
    await pass(10, 500);
    expect(retryAfter.seconds()).toBe(20);
  });
  // #endregion rate

  test('after a second at least', async () => {
    const { retryAfter, pass } = setUp();
    await pass(10, 1e6);
    expect(retryAfter.seconds()).toBe(1);
  });

  test('by chance also where a second would be enough', async () => {
    const { retryAfter, pass } = setUp({ random: () => 0.999 });
    await pass(10, 1e6);
    expect(retryAfter.seconds()).toBe(2);
  });

  test('after the longest time, where the store takes nothing', async () => {
    const { retryAfter, pass } = setUp();
    await pass(10, 0);
    expect(retryAfter.seconds()).toBe(30);
  });

  test('after the longest time, where it takes too little', async () => {
    const { retryAfter, pass } = setUp({ maxSeconds: 60 });
    await pass(10, 1);
    expect(retryAfter.seconds()).toBe(60);
  });
});

describe('the rate', () => {
  test('is that of the window, and forgets what was before', async () => {
    const { retryAfter, pass } = setUp();
    await pass(60, 5000);
    await pass(10, 500);
    expect(retryAfter.seconds()).toBe(10);
  });

  test('is unknown to the first request', () => {
    expect(setUp().retryAfter.seconds()).toBe(30);
  });

  test('is unknown after a long silence', async () => {
    const { retryAfter, pass, clock } = setUp();
    await pass(10, 500);
    await clock.advance(3_600_000);
    expect(retryAfter.seconds()).toBe(30);
  });

  test('is unknown where another cache has begun to count anew', async () => {
    const { retryAfter, pass } = setUp();
    await pass(10, 500);
    await pass(1, -50_000);
    expect(retryAfter.seconds()).toBe(30);
  });

  test('costs one look a second, however many requests come', async () => {
    const { pass, looks } = setUp();
    await pass(10, 500);
    expect(looks()).toBe(10);
  });
});

test.each<[Partial<RetryAfterOptions>, string]>([
  [{ maxPending: 0 }, 'maxPending: expected a whole number above 0, got 0'],
  [{ maxSeconds: 1.5 }, 'maxSeconds: expected a whole number above 0'],
  [{ windowMs: -1 }, 'windowMs: expected milliseconds'],
  [{ windowMs: 1999 }, 'windowMs: expected 2000 or more, got 1999'],
])('%j is refused', (options, message) => {
  expect(() => setUp(options)).toThrow(message);
});
