import type { Clock } from '../../shared/clock.ts';
import type { Store } from '../../shared/store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

// #region settings
export const settings = {
  maxBatchSize: 1920,
  maxDelayMs: 500,
  maxPending: 3003,
  retry: { attempts: 43, baseDelayMs: 100, maxDelayMs: 1100 },
} as const;
// #endregion settings

// #region scores
/** The best that each player has had. */
export class Scores {
  readonly #scores: WriteBehindCache<string, number>;

  constructor(store: Store<string, number>, clock: Clock) {
    this.#scores = new WriteBehindCache({ ...settings, store, clock });
  }

  /** While they play: worth half a second at most. */
  reach(player: string, points: number): Promise<number> {
    return this.#scores.update(player, (best = 0) => Math.max(best, points));
  }

  /** At the end of the season, when prizes depend on it: what is stored. */
  async settle(player: string): Promise<number> {
    await this.#scores.flush();
    if (this.#scores.status(player) === 'failed') {
      throw new Error('the database has not taken the score');
    }
    return (await this.#scores.get(player)) ?? 0;
  }
}
// #endregion scores
