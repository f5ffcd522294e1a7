import { describe, expect, test } from 'vitest';
import { AdaptiveSize } from './adaptive-size.ts';

/** A batch costs 10 ms, and a row 0.1 ms, unless a test says otherwise. */
function setUp({ overheadMs = 10, rowMs = 0.1, maxRows = 5000 } = {}) {
  const size = new AdaptiveSize({ targetMs: 50, maxRows });
  const write = (count = 1, changed: Partial<Record<string, number>> = {}) => {
    const costs = { overheadMs, rowMs, ...changed };
    const sizes: number[] = [];
    for (let batch = 0; batch < count; batch += 1) {
      const { rows } = size;
      sizes.push(rows);
      const ms = costs.overheadMs + costs.rowMs * rows;
      size.observe({ rows, ms, isStored: true });
    }
    return sizes;
  };
  return { size, write };
}

describe('while nothing changes', () => {
  test('it doubles where that cannot be too much, then feels its way', () => {
    const { write } = setUp();
    // Half of the target is reached with 150 rows, all of it with 400.
    expect(write(13)).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 288, 324, 365, 411,
    ]);
  });

  test('a batch that took too long is halved', () => {
    const { size, write } = setUp();
    write(13);
    expect(size.rows).toBe(205);
  });

  test('it stays within the bound of the database', () => {
    const { write } = setUp({ maxRows: 100 });
    expect(write(12).slice(-3)).toEqual([100, 100, 100]);
  });
});

describe('when the costs change', () => {
  test('costlier rows make smaller batches', () => {
    const { size, write } = setUp();
    write(12);
    write(3, { rowMs: 1 });
    // 375 ms, then 192 ms, then 101 ms.
    expect(size.rows).toBe(51);
  });

  test('a costlier batch makes bigger ones, though they take longer', () => {
    const { size, write } = setUp();
    write(12);
    write(3, { overheadMs: 100 });
    expect(size.limitMs).toBe(50);
    // It is measured for the second time.
    write(1, { overheadMs: 100 });
    expect(size.limitMs).toBeCloseTo(400);
    // Until the rows take three times as long as the rest.
    write(25, { overheadMs: 100 });
    expect(size.rows).toBeGreaterThan(1500);
  });

  test('it gets away from one row, even if that alone takes too long', () => {
    const { size, write } = setUp({ overheadMs: 100 });
    write(20);
    expect(size.rows).toBeGreaterThan(1000);
  });

  test('a long batch is cut again when the overhead is gone', () => {
    const { size, write } = setUp({ maxRows: 2000 });
    write(30, { overheadMs: 200 });
    expect(Math.max(...write(10, { overheadMs: 200 }))).toBe(2000);
    write(10);
    expect(size.limitMs).toBe(50);
    expect(size.rows).toBeLessThan(460);
  });
});

test('no overhead is longer than a batch, be the bigger one the quicker', () => {
  const { size } = setUp();
  for (const [rows, ms] of [
    [50, 40],
    [100, 20],
    [50, 40],
  ] as const) {
    size.observe({ rows, ms, isStored: true });
  }
  expect(size.limitMs).toBe(4 * 20);
});

describe('what says nothing about the size', () => {
  test('how long errors take, about the overhead', () => {
    const { size } = setUp();
    for (let error = 0; error < 2; error += 1) {
      size.observe({ rows: 1, ms: 5000, isStored: false });
    }
    expect(size.limitMs).toBe(50);
  });

  test('a batch that was not full does not make it grow', () => {
    const { size, write } = setUp();
    write(4);
    for (let batch = 0; batch < 100; batch += 1) {
      size.observe({ rows: 3, ms: 10.3, isStored: true });
    }
    expect(size.rows).toBe(16);
  });

  test('a batch that fails at once leaves it as it is', () => {
    const { size, write } = setUp();
    write(8);
    for (let batch = 0; batch < 100; batch += 1) {
      size.observe({ rows: size.rows, ms: 1, isStored: false });
    }
    expect(size.rows).toBe(256);
  });
});

test('a batch that fails after a long time was too big', () => {
  const { size, write } = setUp();
  write(8);
  size.observe({ rows: 256, ms: 1000, isStored: false });
  expect(size.rows).toBe(128);
});

test('several of a size that were on their way together cut it once', () => {
  const { size, write } = setUp();
  write(8);
  for (let batch = 0; batch < 4; batch += 1) {
    size.observe({ rows: 256, ms: 100, isStored: true });
  }
  expect(size.rows).toBe(128);
});

test('a batch that set out before a cut does not undo it', () => {
  const { size, write } = setUp();
  write(8);
  for (const rows of [20, 256]) {
    size.observe({ rows, ms: 1000, isStored: false });
  }
  expect(size.rows).toBe(10);
});

test.each([
  [{ targetMs: -1 }, 'targetMs: expected milliseconds from 0 to'],
  [{ targetMs: Number.NaN }, 'targetMs: expected milliseconds from 0 to'],
  [{ maxRows: 0 }, 'maxRows: expected a whole number above 0, got 0'],
  [{ maxRows: 1.5 }, 'maxRows: expected a whole number above 0, got 1.5'],
])('refuses %j', (options, message) => {
  expect(() => new AdaptiveSize(options)).toThrow(message);
});
