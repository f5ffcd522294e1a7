import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../shared/random.ts';
import { planRetries, surelyLastsMs } from './plan-retries.ts';

test('a restart of 30 seconds takes 44 attempts', () => {
  expect(planRetries(30_000)).toEqual({
    attempts: 44,
    baseDelayMs: 100,
    maxDelayMs: 3000,
  });
});

test('without an outage to survive there are five, for a deadlock', () => {
  expect(planRetries(0).attempts).toBe(5);
});

test('one of ten hours is planned without a pause in the page', () => {
  expect(planRetries(36_000_000)).toMatchObject({ attempts: 7469 });
});

test('an outage is outlasted, and hardly by more than it takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 3_600_000 }), (outageMs) => {
      const retry = planRetries(outageMs);
      expect(surelyLastsMs(retry)).toBeGreaterThanOrEqual(outageMs);
      const fewer = { ...retry, attempts: retry.attempts - 1 };
      expect(surelyLastsMs(fewer)).toBeLessThan(outageMs);
    }),
  );
});

test('of 20,000 batches with luck of their own, none gives up too early', () => {
  const dice = new Random(1);
  const { attempts, baseDelayMs, maxDelayMs } = planRetries(30_000);
  let shortest = Infinity;
  for (let batch = 0; batch < 20_000; batch++) {
    let lasts = 0;
    for (let pause = 0; pause < attempts - 1; pause++) {
      const longest = Math.min(maxDelayMs, baseDelayMs * 2 ** pause);
      lasts += dice.fraction() * longest;
    }
    shortest = Math.min(shortest, lasts);
  }
  expect(shortest).toBeGreaterThan(30_000);
  // With half of the attempts it would not do.
  expect(shortest).toBeLessThan(60_000);
});

test('an outage that is no time is refused', () => {
  expect(() => planRetries(-1)).toThrow('outageMs: expected milliseconds');
});
