import type { Clock } from '../../shared/clock.ts';
import type { Store } from '../../shared/store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

// #region settings
export const settings = {
  maxBatchSize: 501,
  maxDelayMs: 5000,
  maxPending: 501,
  retry: { attempts: 43, baseDelayMs: 100, maxDelayMs: 1500 },
} as const;
// #endregion settings

const hourMs = 3_600_000;

// #region views
/** One row for a page and an hour, however many views it has. */
export class PageViews {
  readonly #hours: WriteBehindCache<string, number>;
  readonly #clock: Clock;
  dropped = 0;

  constructor(store: Store<string, number>, clock: Clock) {
    this.#hours = new WriteBehindCache({
      ...{ ...settings, store, clock },
      onDeadLetter: () => {
        this.dropped += 1;
      },
    });
    this.#clock = clock;
  }

  async view(page: string): Promise<void> {
    const hour = Math.floor(this.#clock.now() / hourMs);
    await this.#hours.update(`${hour} ${page}`, (views = 0) => views + 1);
  }
}
// #endregion views
