import type { Clock } from '../../shared/clock.ts';
import type { CounterJournal } from '../../write-behind/counters/counter-journal.ts';
import type { CounterStore } from '../../write-behind/counters/counter-store.ts';
import { WriteBehindCounters } from '../../write-behind/counters/write-behind-counters.ts';

// #region settings
export const settings = {
  windowMs: 1000,
  maxKeys: 2002,
} as const;
// #endregion settings

// #region downloads
/** Several servers count the same files. */
export function openDownloads(
  store: CounterStore,
  clock: Clock,
  onError: (error: unknown) => void,
  /** Where authors are paid by it. */
  journal?: CounterJournal,
): WriteBehindCounters {
  return new WriteBehindCounters({
    ...settings,
    ...{ store, clock, onError },
    ...(journal && { journal }),
  });
}
// #endregion downloads
