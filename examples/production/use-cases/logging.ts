import type { Clock } from '../../shared/clock.ts';
import type { Store } from '../../shared/store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

export interface LogLine {
  readonly at: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

// #region settings
export const settings = {
  maxBatchSize: 1920,
  maxDelayMs: 79,
  maxPending: 2174,
  retry: { attempts: 20, baseDelayMs: 100, maxDelayMs: 1000 },
  whenFull: 'reject',
} as const;
// #endregion settings

// #region log
/** A line is worth less than the request that it tells of. */
export class Log {
  readonly #lines: WriteBehindCache<string, LogLine>;
  /** A restarted process begins at 1 again, and under another name. */
  readonly #process: string;
  readonly #clock: Clock;
  #number = 0;
  dropped = 0;
  readonly #drop = () => {
    this.dropped += 1;
  };

  constructor(store: Store<string, LogLine>, source: string, clock: Clock) {
    this.#lines = new WriteBehindCache({
      ...{ ...settings, store, clock, onDeadLetter: this.#drop },
      // Nobody reads lines back from here.
      maxEntries: 1,
    });
    this.#process = `${source}-${crypto.randomUUID()}`;
    this.#clock = clock;
  }

  /** Neither waits nor throws. */
  write(level: LogLine['level'], text: string): void {
    this.#number += 1;
    const line = { at: this.#clock.now(), level, text };
    const key = `${this.#process}-${this.#number}`;
    this.#lines.set(key, line).catch(this.#drop);
  }
}
// #endregion log
