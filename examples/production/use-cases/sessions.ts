import type { Clock } from '../../shared/clock.ts';
import type { Store } from '../../shared/store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

export interface Session {
  readonly user: string;
  readonly lastSeen: number;
}

// #region settings
export const settings = {
  maxBatchSize: 1920,
  maxDelayMs: 1000,
  maxPending: 6405,
  retry: { attempts: 43, baseDelayMs: 100, maxDelayMs: 1400 },
} as const;
// #endregion settings

// #region sessions
export class Sessions {
  readonly #sessions: WriteBehindCache<string, Session>;
  readonly #clock: Clock;
  dropped = 0;

  constructor(store: Store<string, Session>, clock: Clock) {
    this.#sessions = new WriteBehindCache({
      ...{ ...settings, store, clock },
      onDeadLetter: ({ operation, error }) => {
        // A sign-out is not ours to drop: its caller must hear of it.
        if (operation.type === 'delete') throw error;
        this.dropped += 1;
      },
    });
    this.#clock = clock;
  }

  async signIn(id: string, user: string): Promise<void> {
    await this.#sessions.set(id, { user, lastSeen: this.#clock.now() });
  }

  /** With each request. One that is late must not bring a session back. */
  async visit(id: string): Promise<Session> {
    const lastSeen = this.#clock.now();
    return this.#sessions.update(id, (session) => {
      if (session === undefined) throw new Error(`${id} is not signed in`);
      return { ...session, lastSeen };
    });
  }

  /** Resolves when the database has it: a crash must not sign them in again. */
  async signOut(id: string): Promise<void> {
    await this.#sessions.delete(id);
    await this.#sessions.flush();
    if (this.#sessions.status(id) === 'failed') {
      throw new Error('the database has not taken the sign-out');
    }
  }

  find(id: string): Promise<Session | undefined> {
    return this.#sessions.get(id);
  }
}
// #endregion sessions
