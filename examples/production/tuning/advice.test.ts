import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Demand, UnreachableError } from './demand.ts';
import { planWrites } from './plan-writes.ts';
import { playPlan } from './play-plan.ts';

const sessions: Demand = {
  writesPerSecond: 200,
  repeatedShare: 0.2,
  rowBytes: 600,
  databaseMs: 8.1,
  loss: { keys: 2000 },
  outageMs: 8000,
  memoryBytes: 64 * 2 ** 20,
};

describe('who follows the plan', () => {
  test.each([
    ['hangs', 'cache'],
    ['hangs', 'patient-batches'],
    ['refuses', 'patient'],
    ['refuses', 'patient-batches'],
  ] as const)(
    'refuses no write when the database %s, with %s',
    async (outage, stack) => {
      // It may have begun a pause when the database comes back.
      const pauseMs = stack === 'cache' ? 0 : 1000;
      const { outageMs } = sessions;
      const longer = { ...sessions, outageMs: outageMs + pauseMs };
      const { options, worstLoss, recoveryMs } = planWrites(longer);
      const afterMs = 6000;
      const seen = await playPlan(options, sessions, {
        ...{ calmMs: 2000, outage, outageMs, afterMs, stack, tickMs: 5 },
      });
      expect(seen).toMatchObject({ refused: 0, deadLettered: 0 });
      expect(seen.worstLoss).toBeLessThanOrEqual(worstLoss);
      expect(seen.worstLoss).toBeGreaterThan(0.8 * worstLoss);
      expect(seen.recoveryMs).toBeLessThanOrEqual(recoveryMs + pauseMs);
    },
  );

  test('gives nothing up, even without patience', async () => {
    const { options } = planWrites(sessions);
    const seen = await playPlan(options, sessions, {
      ...{ calmMs: 2000, outage: 'refuses', outageMs: 8000, tickMs: 20 },
    });
    expect(seen.deadLettered).toBe(0);
  });

  test.each([1000, 8000])(
    'and who leaves the retries as they are does, in %i ms',
    async (outageMs) => {
      const { maxPending } = planWrites(sessions).options;
      const seen = await playPlan({ maxPending }, sessions, {
        ...{ calmMs: 2000, outage: 'refuses', outageMs, tickMs: 20 },
      });
      expect(seen.deadLettered).toBeGreaterThan(0.05 * seen.inOutage);
    },
  );

  test('and who takes a twentieth off the bound refuses writes', async () => {
    const { maxPending, ...options } = planWrites(sessions).options;
    const shorter = { ...options, maxPending: Math.floor(0.95 * maxPending) };
    const seen = await playPlan(shorter, sessions, {
      ...{ calmMs: 1000, outage: 'hangs', outageMs: 8000 },
    });
    expect(seen.refused).toBeGreaterThan(0);
  });
});

test('whatever is planned, the cache keeps to it', {
  timeout: 120_000,
}, async () => {
  const demands = fc.record({
    writesPerSecond: fc.integer({ min: 5, max: 400 }),
    rowBytes: fc.constant(600),
    databaseMs: fc.double({ min: 0.5, max: 60, noNaN: true }),
    loss: fc.record({ keys: fc.integer({ min: 10, max: 4000 }) }),
    outageMs: fc.integer({ min: 0, max: 4000 }),
    memoryBytes: fc.constant(64 * 2 ** 20),
  });
  await fc.assert(
    fc.asyncProperty(demands, async (demand) => {
      const plan = planFor(demand);
      if (plan === undefined) return;
      const { outageMs, writesPerSecond } = demand;
      const seen = await playPlan(plan.options, demand, {
        ...{ calmMs: 2000, outage: 'hangs', outageMs, afterMs: 500 },
        tickMs: 1000 / writesPerSecond,
      });
      expect(seen).toMatchObject({ refused: 0, deadLettered: 0 });
      expect(seen.worstLoss).toBeLessThanOrEqual(demand.loss.keys);
      expect(seen.usualLoss).toBeLessThanOrEqual(plan.usualLoss + 1);
    }),
    { numRuns: 25, seed: 1 },
  );
});

function planFor(demand: Demand) {
  try {
    return planWrites(demand);
  } catch (error) {
    if (error instanceof UnreachableError) return undefined;
    throw error;
  }
}
