/** A judgement of the readings, and the reasons for it. */
import { unexpected } from '../../shared/expect-option.ts';
import type { Readings } from './write-behind-monitor.ts';

// #region thresholds
export type Vital =
  | 'queueSize'
  | 'oldestAgeMs'
  | 'failuresInARow'
  | 'driftKeys';

export type Thresholds = Readonly<Record<Vital, Threshold>>;

/** What is above one of them makes the cache that. */
export interface Threshold {
  readonly degraded: number;
  readonly unhealthy: number;
}

/** For a cache with the defaults: 10,000 keys at most, a delay of 1 s. */
export const defaultThresholds: Thresholds = {
  queueSize: { degraded: 1000, unhealthy: 8000 },
  oldestAgeMs: { degraded: 10_000, unhealthy: 60_000 },
  failuresInARow: { degraded: 3, unhealthy: Infinity },
  driftKeys: { degraded: 0, unhealthy: Infinity },
};
// #endregion thresholds

// #region health
export interface Health {
  readonly state: 'healthy' | 'degraded' | 'unhealthy';
  readonly reasons: readonly string[];
}

export function healthOf(
  readings: Pick<Readings, Vital>,
  thresholds: Thresholds = defaultThresholds,
): Health {
  const vitals = Object.keys(defaultThresholds) as Vital[];
  const above = (state: keyof Threshold) =>
    vitals.flatMap((vital) => {
      const value = readings[vital];
      const limit = expectLimit(vital, thresholds[vital])[state];
      // Not a number is not well either.
      const isFine = value === undefined || value <= limit;
      return isFine ? [] : [`${vital} is ${value}, above ${limit}`];
    });
  const unhealthy = above('unhealthy');
  if (unhealthy.length > 0) return { state: 'unhealthy', reasons: unhealthy };
  const degraded = above('degraded');
  if (degraded.length > 0) return { state: 'degraded', reasons: degraded };
  return { state: 'healthy', reasons: [] };
}
// #endregion health

function expectLimit(vital: Vital, threshold: Threshold): Threshold {
  const { degraded, unhealthy } = threshold;
  if (degraded >= 0 && unhealthy >= degraded) return threshold;
  throw unexpected(
    `the threshold of ${vital}`,
    '0 <= degraded <= unhealthy',
    `degraded ${degraded}, unhealthy ${unhealthy}`,
  );
}
