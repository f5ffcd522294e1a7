import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay, expectSize } from '../../shared/expect-option.ts';
import type { Operation, Store } from '../../shared/store.ts';
import type { LoggedMessage } from './event-log.ts';

// #region options
export interface PartitionWriterOptions<V> {
  readonly store: Pick<Store<string, V>, 'write'>;
  /** Throws for a message that is none of ours. */
  readonly operationOf: (message: LoggedMessage) => Operation<string, V>;
  /** Resolves once the message is safe elsewhere: then it is done here. */
  readonly setAside: (message: LoggedMessage, error: unknown) => Promise<void>;
  /** Told of all that goes wrong. Everything but poison is tried again. */
  readonly onError: (error: unknown) => void;
  /** Operations in one `store.write`. Default: 100. */
  readonly maxBatchSize?: number;
  /** Messages read and not acknowledged; then it waits. Default: 1000. */
  readonly maxUnacknowledged?: number;
  /** Refusals of an operation until it is set aside. Default: 5. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, then doubled. Default: 100. */
  readonly baseDelayMs?: number;
  /** Milliseconds that none is put off for longer. Default: 10,000. */
  readonly maxDelayMs?: number;
  readonly clock?: Clock;
}
// #endregion options

export type PartitionWriterSettings<V> = Required<PartitionWriterOptions<V>>;

export function settingsFrom<V>(
  options: PartitionWriterOptions<V>,
): PartitionWriterSettings<V> {
  const settings = {
    maxBatchSize: 100,
    maxUnacknowledged: 1000,
    attempts: 5,
    baseDelayMs: 100,
    maxDelayMs: 10_000,
    clock: systemClock,
    ...options,
  };
  const { maxBatchSize, maxUnacknowledged, attempts } = settings;
  const { baseDelayMs, maxDelayMs } = settings;
  const sizes = { maxBatchSize, maxUnacknowledged, attempts };
  for (const [name, size] of Object.entries(sizes)) expectSize(name, size);
  const delays = { baseDelayMs, maxDelayMs };
  for (const [name, delay] of Object.entries(delays)) expectDelay(name, delay);
  return settings;
}
