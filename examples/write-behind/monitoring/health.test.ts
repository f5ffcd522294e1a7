import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultThresholds, healthOf, type Vital } from './health.ts';

const well = {
  queueSize: 12,
  oldestAgeMs: 900,
  failuresInARow: 0,
  driftKeys: undefined,
};

test('a cache that keeps up is healthy, and nothing is to be said', () => {
  expect(healthOf(well)).toEqual({ state: 'healthy', reasons: [] });
});

test.each([
  ['queueSize', 1000, 'healthy'],
  ['queueSize', 1001, 'degraded'],
  ['queueSize', 8000, 'degraded'],
  ['queueSize', 8001, 'unhealthy'],
  ['oldestAgeMs', 10_001, 'degraded'],
  ['oldestAgeMs', 60_001, 'unhealthy'],
  ['failuresInARow', 4, 'degraded'],
  ['failuresInARow', 1e9, 'degraded'],
  ['driftKeys', 0, 'healthy'],
  ['driftKeys', 1, 'degraded'],
] as const)('with a %s of %d it is %s', (vital, value, state) => {
  expect(healthOf({ ...well, [vital]: value }).state).toBe(state);
});

test('all that makes it unhealthy is said, with value and limit', () => {
  const ill = { ...well, queueSize: 9000, oldestAgeMs: 61_000, driftKeys: 2 };
  expect(healthOf(ill)).toEqual({
    state: 'unhealthy',
    reasons: [
      'queueSize is 9000, above 8000',
      'oldestAgeMs is 61000, above 60000',
    ],
  });
});

test('what is not a number does not pass for well', () => {
  expect(healthOf({ ...well, oldestAgeMs: Number.NaN }).state).toBe(
    'unhealthy',
  );
});

test('a reading that grows never makes it better', () => {
  const order = ['healthy', 'degraded', 'unhealthy'];
  const rank = (readings: typeof well) =>
    order.indexOf(healthOf(readings).state);
  fc.assert(
    fc.property(
      fc.constantFrom<Vital[]>('queueSize', 'oldestAgeMs', 'failuresInARow'),
      fc.nat(100_000),
      fc.nat(100_000),
      (vital, value, more) => {
        const readings = { ...well, [vital]: value };
        const worse = { ...well, [vital]: value + more };
        expect(rank(worse)).toBeGreaterThanOrEqual(rank(readings));
      },
    ),
  );
});

test.each([
  { degraded: 10, unhealthy: 5 },
  { degraded: -1, unhealthy: 5 },
  { degraded: Number.NaN, unhealthy: 5 },
])('it refuses thresholds such as %j', (queueSize) => {
  const { degraded, unhealthy } = queueSize;
  expect(() => healthOf(well, { ...defaultThresholds, queueSize })).toThrow(
    'the threshold of queueSize: expected 0 <= degraded <= unhealthy, ' +
      `got degraded ${degraded}, unhealthy ${unhealthy}`,
  );
});
