import type { Clock } from '../../shared/clock.ts';
import { expectDelay, expectSize } from '../../shared/expect-option.ts';
import { OpenWrites } from '../../shared/open-writes.ts';
import { TimeoutError, within } from '../../shared/timeout.ts';
import { countable, mustSurvive, replaceable } from './kinds.ts';
import {
  type CloseReport,
  closeInOrder,
  type Health,
  healthOf,
  type WiredFor,
} from './wired.ts';

export interface Balance {
  readonly cents: number;
  /** One more with each change. The database refuses any other. */
  readonly revision: number;
}

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly notice: string;
}

// #region kinds
export const balances = mustSurvive<Balance>('balances');
export const pageViews = countable('page views', { mayLoseMs: 5000 });
export const sessions = replaceable<Session>('sessions', { mayLoseMs: 1000 });

export interface ShopWiring {
  readonly balances: WiredFor<typeof balances>;
  readonly pageViews: WiredFor<typeof pageViews>;
  readonly sessions: WiredFor<typeof sessions>;
}
// #endregion kinds

const attemptsToPay = 5;

export class Shop {
  readonly #wiring: ShopWiring;
  readonly #clock: Clock;
  readonly #requests = new OpenWrites();

  constructor(wiring: ShopWiring, clock: Clock) {
    this.#wiring = wiring;
    this.#clock = clock;
  }

  // #region requests
  view(url: string): void {
    this.#wiring.pageViews.handle.add(url, 1);
  }

  async visit(session: Session): Promise<void> {
    const { handle } = this.#wiring.sessions;
    await this.#requests.run(() => handle.set(session.id, session));
  }

  async session(id: string): Promise<Session | undefined> {
    return this.#wiring.sessions.handle.get(id);
  }

  /** Rejects unless it is stored. The notice may be lost, and does no harm. */
  async buy(session: Session, cents: number): Promise<void> {
    const { handle } = this.#wiring.sessions;
    await this.#requests.run(async () => {
      await this.#pay(session.userId, cents);
      const paid = { ...session, notice: 'Thank you!' };
      await handle.set(session.id, paid).catch(() => {});
    });
  }
  // #endregion requests

  // #region pay
  async #pay(userId: string, cents: number): Promise<void> {
    expectSize('cents', cents);
    const { handle } = this.#wiring.balances;
    for (let attempt = 1; ; attempt += 1) {
      const balance = await handle.get(userId);
      if (balance === undefined || balance.cents < cents) {
        throw new InsufficientFundsError(`${userId} cannot pay ${cents} cents`);
      }
      const { revision } = balance;
      const rest = { cents: balance.cents - cents, revision: revision + 1 };
      try {
        return await handle.set(userId, rest);
      } catch (error) {
        // Only this error says that nothing is stored. After any other, a
        // second attempt might pay twice.
        const isStale = error instanceof StaleBalanceError;
        if (!isStale || attempt === attemptsToPay) throw error;
      }
    }
  }
  // #endregion pay

  health(): Readonly<Record<string, Health>> {
    return healthOf(Object.values(this.#wiring));
  }

  // #region close
  /** A purchase under way still has a session to write, so it comes first. */
  async close(
    options: { readonly timeoutMs?: number } = {},
  ): Promise<readonly CloseReport[]> {
    const { timeoutMs = 10_000 } = options;
    expectDelay('timeoutMs', timeoutMs);
    const end = this.#clock.now() + timeoutMs;
    try {
      // What hangs must leave the others some time.
      await within(this.#clock, timeoutMs / 2, this.#requests.close());
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
    }
    const kinds = Object.values(this.#wiring);
    return closeInOrder(kinds, this.#clock, end - this.#clock.now());
  }
  // #endregion close
}

export class InsufficientFundsError extends Error {
  override readonly name = 'InsufficientFundsError';
}

/** Somebody else has changed the balance: nothing is stored. */
export class StaleBalanceError extends Error {
  override readonly name = 'StaleBalanceError';
  readonly permanent = true;
}
