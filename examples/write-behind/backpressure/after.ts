import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { RetryAfter } from './retry-after.ts';
import {
  type CacheSetting,
  type Session,
  type Sessions,
  story,
} from './story.ts';
import { unavailable } from './unavailable.ts';

export class RefusingSessions implements Sessions {
  readonly cache: WriteBehindCache<string, Session>;
  readonly #retryAfter: RetryAfter;

  // #region handler
  constructor(setting: CacheSetting) {
    // #region mend
    this.cache = new WriteBehindCache({
      ...setting,
      whenFull: 'reject',
    });
    // #endregion mend
    this.#retryAfter = new RetryAfter({
      stats: () => this.cache.stats(),
      maxPending: setting.maxPending,
      clock: setting.clock,
      random: setting.random,
    });
  }

  async put(id: string, session: Session): Promise<Response> {
    this.#retryAfter.observe();
    try {
      await this.cache.set(id, session);
      return new Response(null, { status: 202 });
    } catch (error) {
      const reply = unavailable(error, () =>
        this.#retryAfter.seconds(),
      );
      if (reply === undefined) throw error;
      return reply;
    }
  }
  // #endregion handler
}

export function demo(print: Print): Promise<void> {
  return story(
    (setting) => new RefusingSessions(setting),
    print,
  );
}

if (isMain('write-behind/backpressure/after')) {
  void demo(console.log);
}
