import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import results from '../../bench/results/write-behind.json' with {
  type: 'json',
};
import { type Demand, planQueue } from './plan-queue.ts';

const demand: Demand = {
  keysPerSecond: 200,
  outageMs: 60_000,
  rowBytes: 1000,
  memoryBytes: 64 * 2 ** 20,
  drainPerSecond: 3600,
};

describe('a queue', () => {
  // #region example
  test('holds what comes in an outage of a minute', () => {
    const plan = planQueue({
      keysPerSecond: 200,
      outageMs: 60_000,
      rowBytes: 1000,
      memoryBytes: 64 * 2 ** 20,
      drainPerSecond: 3600,
    });
    expect(plan.maxPending).toBe(12_220);
    expect(plan.bytes).toBe(15_275_000);
    expect(plan.survivesMs).toBe(60_000);
    expect(Math.round(plan.recoveryMs)).toBe(3594);
  });

  test('survives less where memory is short, and says so', () => {
    const plan = planQueue({ ...demand, memoryBytes: 4 * 2 ** 20 });
    expect(plan.maxPending).toBe(3355);
    expect(plan.survivesMs).toBe(15_675);
  });
  // #endregion example

  test('may last for no outage at all', () => {
    const plan = planQueue({ ...demand, memoryBytes: 2500 });
    expect(plan).toMatchObject({ maxPending: 2, survivesMs: 0 });
  });

  test('has room for one key where hardly any comes', () => {
    const plan = planQueue({ ...demand, keysPerSecond: 1e-9, outageMs: 0 });
    expect(plan).toMatchObject({ maxPending: 1, survivesMs: 0 });
  });
});

test('each plan fits into memory, and holds what it says', () => {
  const demands = fc.record({
    keysPerSecond: fc.double({ min: 0.01, max: 10_000, noNaN: true }),
    outageMs: fc.integer({ min: 0, max: 3_600_000 }),
    rowBytes: fc.integer({ min: 1, max: 100_000 }),
    memoryBytes: fc.integer({ min: 200_000, max: 2 ** 34 }),
    drainPerSecond: fc.constant(20_000),
    lagMs: fc.integer({ min: 0, max: 10_000 }),
  });
  fc.assert(
    fc.property(demands, (some) => {
      const plan = planQueue(some);
      expect(plan.bytes).toBeLessThanOrEqual(some.memoryBytes);
      expect(plan.survivesMs).toBeLessThanOrEqual(some.outageMs);
      const isFull = plan.survivesMs < some.outageMs;
      if (plan.survivesMs > 0) {
        const come =
          (some.keysPerSecond * (plan.survivesMs + some.lagMs)) / 1000;
        expect(plan.maxPending).toBeGreaterThan(come - 1e-6);
      }
      // It is shorter than asked for only where one more key has no room.
      const each = some.rowBytes + 250;
      if (isFull) expect(plan.bytes + each).toBeGreaterThan(some.memoryBytes);
      expect(plan.recoveryMs).toBeGreaterThan(0);
    }),
  );
});

test('by default, a write takes what was measured beside key and value', () => {
  const measured = results.figures['bytes-100000'].value;
  const { bytes, maxPending } = planQueue(demand);
  const overhead = bytes / maxPending - demand.rowBytes;
  expect(overhead).toBeGreaterThanOrEqual(measured);
});

test.each<[Partial<Demand>, string]>([
  [{ keysPerSecond: 0 }, 'keysPerSecond: expected a number above 0, got 0'],
  [{ keysPerSecond: Number.NaN }, 'keysPerSecond: expected a number above 0'],
  [{ keysPerSecond: Infinity }, 'keysPerSecond: expected a number above 0'],
  [{ outageMs: -1 }, 'outageMs: expected milliseconds'],
  [{ lagMs: Number.NaN }, 'lagMs: expected milliseconds'],
  [{ rowBytes: 0.5 }, 'rowBytes: expected a whole number above 0, got 0.5'],
  [{ overheadBytes: -1 }, 'overheadBytes: expected a whole number from 0'],
  [{ memoryBytes: 0 }, 'memoryBytes: expected a whole number above 0, got 0'],
  [
    { memoryBytes: 1249 },
    'memoryBytes: expected at least the 1250 bytes of one write, got 1249',
  ],
  [
    { drainPerSecond: 200 },
    'drainPerSecond: expected more than the 200 keys that come in a second, got 200',
  ],
  [{ drainPerSecond: Number.NaN }, 'drainPerSecond: expected more than'],
])('%j is refused', (wrong, message) => {
  expect(() => planQueue({ ...demand, ...wrong })).toThrow(message);
});
