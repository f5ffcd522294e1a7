import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../shared/random.ts';
import { AdaptiveSize } from './adaptive-size.ts';
import type { BatchSize, EndedBatch } from './batch-size.ts';
import { AimdSize } from './before.ts';
import { rateOf } from './drain.ts';

const targetMs = 50;
const maxRows = 5000;
/** Batches after which it must be used to whatever has changed. */
const settledAfter = 30;

interface Line {
  readonly overheadMs: number;
  readonly rowMs: number;
}

const anyLine: fc.Arbitrary<Line> = fc.record({
  overheadMs: fc.double({ min: 0.1, max: 400, noNaN: true }),
  rowMs: fc.double({ min: 0.01, max: 10, noNaN: true }),
});

const exactly = () => 1;

/** Full batches, each observed. */
function write(
  size: BatchSize,
  { overheadMs, rowMs }: Line,
  batches: number,
  weather = exactly,
): EndedBatch[] {
  return Array.from({ length: batches }, () => {
    const { rows } = size;
    const ms = (overheadMs + rowMs * rows) * weather();
    size.observe({ rows, ms, isStored: true });
    return { rows, ms, isStored: true };
  });
}

/** Of batches that take the target, or four times what an empty one takes. */
function goodBatch({ overheadMs, rowMs }: Line): EndedBatch {
  const limitMs = Math.max(targetMs, 4 * overheadMs);
  const fitting = Math.floor((limitMs - overheadMs) / rowMs);
  const rows = Math.min(maxRows, Math.max(1, fitting));
  return { rows, ms: overheadMs + rowMs * rows, isStored: true };
}

interface Bounds {
  readonly rateShare: number;
  readonly longest: number;
}

/** What comes when it has had time to get used to a change. */
function isSettled(
  size: BatchSize,
  [first, second]: readonly [Line, Line],
  { rateShare, longest }: Bounds,
  weather = exactly,
): boolean {
  write(size, first, settledAfter, weather);
  write(size, second, settledAfter, weather);
  const batches = write(size, second, settledAfter, weather);
  const good = goodBatch(second);
  // One row more than what fits may take much longer where rows are costly.
  const mostMs = longest * Math.max(targetMs, good.ms) + second.rowMs;
  return (
    rateOf(batches) > rateShare * rateOf([good]) &&
    batches.every(({ ms }) => ms < mostMs)
  );
}

const anyChange = fc.tuple(anyLine, anyLine);
const adaptive = () => new AdaptiveSize({ targetMs, maxRows });

describe('after any change of the costs, within 30 batches', () => {
  test('batches are fast, and not too long', () => {
    const bounds = { rateShare: 0.7, longest: 1.15 };
    fc.assert(
      fc.property(anyChange, (lines) => isSettled(adaptive(), lines, bounds)),
      { numRuns: 2000 },
    );
  });

  test('chance may spoil that: for less than one change in a thousand', () => {
    const bounds = { rateShare: 0.5, longest: 2.5 };
    const random = new Random(1);
    // Each batch takes up to a tenth more or less.
    const weather = () => 0.9 + 0.2 * random.fraction();
    const changes = fc.sample(anyChange, { numRuns: 20_000, seed: 1 });
    const spoiled = changes.filter(
      (lines) => !isSettled(adaptive(), lines, bounds, weather),
    );
    expect(spoiled.length / changes.length).toBeLessThan(0.001);
  });

  test('a size that looks at the time alone may be far too slow', () => {
    const bounds = { rateShare: 0.1, longest: Infinity };
    const naive = () => new AimdSize({ targetMs });
    const { counterexample } = fc.check(
      fc.property(anyChange, (lines) => isSettled(naive(), lines, bounds)),
      { numRuns: 2000, seed: 1 },
    );
    expect(counterexample).not.toBeNull();
  });
});

test('no batch exceeds the bound, nor is any empty, whatever it is told', () => {
  const anyBatch = fc.record({
    rows: fc.integer({ min: 1, max: 300 }),
    ms: fc.double({ min: 0, max: 1e6, noNaN: true }),
    isStored: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anyBatch, { maxLength: 100 }), (batches) => {
      const size = new AdaptiveSize({ maxRows: 200 });
      for (const batch of batches) {
        size.observe(batch);
        expect(Number.isInteger(size.rows)).toBe(true);
        expect(size.rows).toBeGreaterThanOrEqual(1);
        expect(size.rows).toBeLessThanOrEqual(200);
      }
    }),
  );
});
