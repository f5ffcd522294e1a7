import { isDeepStrictEqual } from 'node:util';
import { type Clock, systemClock } from '../../shared/clock.ts';
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';
import type { Decide } from './drift.ts';
import type { Side } from './side.ts';

// #region options
export interface ReconcileOptions<V> {
  readonly cache: Side<V>;
  readonly store: Side<V>;
  /**
   * Whether a write of the key is on its way to the store.
   * Example: `(key) => ['pending', 'writing'].includes(writes.status(key))`.
   */
  readonly isPending: (key: string) => boolean | Promise<boolean>;
  /** Whose row is right. Default: it reports, and repairs nothing. */
  readonly repair?: Decide<V>;
  /** Whether the cache shall have all rows of the store. Default: 'some'. */
  readonly cacheHolds?: 'some' | 'all';
  /** Default: `isDeepStrictEqual` of Node, for which no order of fields counts. */
  readonly isEqual?: (a: V, b: V) => boolean;
  /**
   * Milliseconds between the two looks at a key: more than a write takes to
   * arrive, `maxDelayMs` included. Default: 5000.
   */
  readonly graceMs?: number;
  /** Keys in one look. Default: 100. */
  readonly pageSize?: number;
  /** Looks a second at most, each with a call to either side. Default: 10. */
  readonly pagesPerSecond?: number;
  /** Milliseconds that a call may take. Default: 5000. */
  readonly timeoutMs?: number;
  /** How often a look is tried. A repair is tried once. Default: 3. */
  readonly attempts?: number;
  /** Milliseconds from a failure to the next attempt. Default: 1000. */
  readonly retryMs?: number;
  /** Drifted keys that a report names. Default: 20. */
  readonly maxSamples?: number;
  readonly clock?: Clock;
}
// #endregion options

export type Settings<V> = Required<Omit<ReconcileOptions<V>, 'repair'>> &
  Pick<ReconcileOptions<V>, 'repair'>;

export function settingsFrom<V>(options: ReconcileOptions<V>): Settings<V> {
  const settings: Settings<V> = {
    ...options,
    cacheHolds: options.cacheHolds ?? 'some',
    isEqual: options.isEqual ?? isDeepStrictEqual,
    graceMs: options.graceMs ?? 5000,
    pageSize: options.pageSize ?? 100,
    pagesPerSecond: options.pagesPerSecond ?? 10,
    timeoutMs: options.timeoutMs ?? 5000,
    attempts: options.attempts ?? 3,
    retryMs: options.retryMs ?? 1000,
    maxSamples: options.maxSamples ?? 20,
    clock: options.clock ?? systemClock,
  };
  const { cacheHolds, pagesPerSecond } = settings;
  const { pageSize, attempts, maxSamples } = settings;
  const { graceMs, timeoutMs, retryMs } = settings;
  const sizes = { pageSize, attempts, maxSamples };
  for (const [name, size] of Object.entries(sizes)) expectSize(name, size);
  const delays = { graceMs, timeoutMs, retryMs };
  for (const [name, delay] of Object.entries(delays)) expectDelay(name, delay);
  // Half a page a second is a rate as well.
  if (!(pagesPerSecond > 0 && pagesPerSecond <= 1000)) {
    const expected = 'a rate above 0, up to 1000';
    throw unexpected('pagesPerSecond', expected, pagesPerSecond);
  }
  if (cacheHolds !== 'some' && cacheHolds !== 'all') {
    throw unexpected('cacheHolds', "'some' or 'all'", cacheHolds);
  }
  return settings;
}
