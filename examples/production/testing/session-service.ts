import { type Clock, systemClock } from '../../shared/clock.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';

export interface Session {
  readonly page: string;
  readonly seenAt: number;
}

// #region service
export type SessionServiceOptions = Pick<
  WriteBehindOptions<string, Session>,
  'store' | 'clock' | 'random' | 'onDeadLetter'
>;

/** On which page each visitor is. The last two seconds may be lost. */
export class SessionService {
  readonly #sessions: WriteBehindCache<string, Session>;
  readonly #clock: Clock;

  constructor(options: SessionServiceOptions) {
    this.#clock = options.clock ?? systemClock;
    this.#sessions = new WriteBehindCache({
      ...options,
      maxBatchSize: 50,
      maxDelayMs: 2000,
    });
  }

  find(id: string): Promise<Session | undefined> {
    return this.#sessions.get(id);
  }

  visit(id: string, page: string): Promise<void> {
    return this.#sessions.set(id, { page, seenAt: this.#clock.now() });
  }

  signOut(id: string): Promise<void> {
    return this.#sessions.delete(id);
  }

  /** Saves what it has, and returns the ids of what it could not save. */
  async stop(timeoutMs = 5000): Promise<string[]> {
    const report = await this.#sessions.close({ timeoutMs });
    const refused = report.deadLettered.map(({ operation }) => operation);
    return [...report.abandoned, ...refused].map(({ key }) => key);
  }
}
// #endregion service
