import fs from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ShutdownPlan, shutdownBudget } from './shutdown-budget.ts';

const manifest = 'examples/write-behind/shutdown/deployment.yaml';

const plan: ShutdownPlan = {
  graceMs: 30_000,
  requestsMs: 5000,
  keepMs: 2000,
  maxPending: 10_000,
  drainPerSecond: 2000,
};

test('the manifest of the page grants what a full queue needs', () => {
  const { spec } = parse(fs.readFileSync(manifest, 'utf8')).spec.template;
  const [{ lifecycle }] = spec.containers;
  // #region example
  const budget = shutdownBudget({
    graceMs: 1000 * spec.terminationGracePeriodSeconds,
    preStopMs: 1000 * lifecycle.preStop.sleep.seconds,
    requestsMs: 5000,
    keepMs: 2000,
    maxPending: 10_000,
    drainPerSecond: 2000,
  });
  expect(budget).toEqual({
    drainMs: 46_000,
    neededMs: 5000,
    isEnough: true,
    spareMs: 41_000,
  });
  // #endregion example
});

test('each part takes its time from the drain', () => {
  const { drainMs } = shutdownBudget(plan);
  expect(drainMs).toBe(21_000);
  const parts = ['preStopMs', 'noticeMs', 'requestsMs', 'keepMs'] as const;
  for (const part of [...parts, 'marginMs' as const]) {
    const before = part === 'marginMs' ? 2000 : (plan[part] ?? 0);
    const longer = shutdownBudget({ ...plan, [part]: before + 100 });
    expect(longer.drainMs).toBe(drainMs - 100);
  }
});

test('a queue that takes longer than there is time is not enough', () => {
  const exact = { ...plan, maxPending: 42_000 };
  expect(shutdownBudget(exact)).toMatchObject({ isEnough: true, spareMs: 0 });
  const tooMany = shutdownBudget({ ...plan, maxPending: 42_001 });
  expect(tooMany).toMatchObject({ isEnough: false, spareMs: 0 });
  expect(tooMany.neededMs).toBe(21_001);
});

test('no plan spends more than it is granted', () => {
  const time = fc.integer({ min: 0, max: 10_000 });
  const plans = fc.record({
    graceMs: fc.integer({ min: 50_001, max: 600_000 }),
    ...{ preStopMs: time, noticeMs: time, requestsMs: time, keepMs: time },
    marginMs: time,
    maxPending: fc.integer({ min: 1, max: 1_000_000 }),
    drainPerSecond: fc.double({ min: 0.1, max: 100_000, noNaN: true }),
  });
  fc.assert(
    fc.property(plans, (some) => {
      const { drainMs, neededMs, isEnough } = shutdownBudget(some);
      const { preStopMs, noticeMs, requestsMs, keepMs, marginMs } = some;
      const others = preStopMs + noticeMs + requestsMs + keepMs + marginMs;
      expect(drainMs).toBeGreaterThan(0);
      expect(others + drainMs).toBe(some.graceMs);
      expect(isEnough).toBe(others + neededMs <= some.graceMs);
    }),
  );
});

test.each<[Partial<ShutdownPlan>, string]>([
  [
    { graceMs: 9000 },
    'graceMs: expected more than the 9000 ms that all but the drain takes, got 9000',
  ],
  [{ graceMs: Number.NaN }, 'graceMs: expected milliseconds'],
  [{ preStopMs: -1 }, 'preStopMs: expected milliseconds'],
  [{ noticeMs: Number.NaN }, 'noticeMs: expected milliseconds'],
  [{ requestsMs: Infinity }, 'requestsMs: expected milliseconds'],
  [{ keepMs: -1 }, 'keepMs: expected milliseconds'],
  [{ marginMs: -1 }, 'marginMs: expected milliseconds'],
  [{ maxPending: 0 }, 'maxPending: expected a whole number above 0, got 0'],
  [{ drainPerSecond: 0 }, 'drainPerSecond: expected a number above 0, got 0'],
  [{ drainPerSecond: Infinity }, 'drainPerSecond: expected a number above 0'],
])('%j is refused', (wrong, message) => {
  expect(() => shutdownBudget({ ...plan, ...wrong })).toThrow(message);
});
