import type { Clock } from '../../shared/clock.ts';
import type { Store } from '../../shared/store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

// #region settings
export const settings = {
  maxBatchSize: 1920,
  maxDelayMs: 1000,
  maxPending: 8013,
  retry: { attempts: 37, baseDelayMs: 100, maxDelayMs: 1000 },
} as const;
// #endregion settings

// #region likes
/** A row is that somebody likes a post. The total is how many there are. */
export class Likes {
  readonly #likes: WriteBehindCache<string, true>;
  dropped = 0;

  constructor(store: Store<string, true>, clock: Clock) {
    this.#likes = new WriteBehindCache({
      ...{ ...settings, store, clock },
      onDeadLetter: () => {
        this.dropped += 1;
      },
    });
  }

  async like(user: string, post: string): Promise<void> {
    await this.#likes.set(`${post} ${user}`, true);
  }

  async unlike(user: string, post: string): Promise<void> {
    await this.#likes.delete(`${post} ${user}`);
  }

  async isLikedBy(user: string, post: string): Promise<boolean> {
    return (await this.#likes.get(`${post} ${user}`)) === true;
  }
}
// #endregion likes
