import type { DeadLetter } from '../../strategies/write-behind/write-behind-cache.ts';
import { WriteBehindCounters } from '../../write-behind/counters/write-behind-counters.ts';
import type { Session } from './sessions.ts';
import {
  countersOf,
  type Services,
  sessionStore,
  sessionsBehind,
  sessionsThrough,
} from './wiring.ts';

/** What a site does with its visitors, however it writes. */
export interface Site {
  /** Resolves when the session and the view are acknowledged. */
  visit(userId: string, session: Session): Promise<void>;
  session(userId: string): Promise<Session | undefined>;
  /** Resolves when the database has all that was acknowledged. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export function siteThrough(services: Services): Site {
  const sessions = sessionsThrough(services);
  const counters = countersOf(services);
  return {
    async visit(userId, session) {
      await sessions.set(userId, session);
      await counters.increment(session.page);
    },
    session: (userId) => sessions.get(userId),
    flush: async () => {},
    close: () => sessions.close(),
  };
}

// #region behind
export function siteBehind(
  services: Services,
  onDeadLetter: (letter: DeadLetter<string, Session>) => void,
): Site & { waiting(): number } {
  const store = sessionStore(services);
  const sessions = sessionsBehind(services, onDeadLetter, { store });
  const views = new WriteBehindCounters({
    store: countersOf(services),
    onError: services.log,
    windowMs: 5000,
  });
  return {
    async visit(userId, session) {
      await sessions.set(userId, session);
      await views.add(session.page);
    },
    session: (userId) => sessions.get(userId),
    async flush() {
      await Promise.all([sessions.flush(), views.flush()]);
    },
    async close() {
      await Promise.all([sessions.close(), views.close()]);
      // Or it would still tell Redis something, after its keys were removed.
      await store.catchUp();
    },
    waiting() {
      const { pending, writing } = sessions.stats();
      return pending + writing + views.stats().pendingKeys;
    },
  };
}
// #endregion behind
