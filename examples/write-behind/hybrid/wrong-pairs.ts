/** Wirings that must not compile. They are never called. */
import { systemClock } from '../../shared/clock.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { type Kind, mustSurvive, replaceable, type Values } from './kinds.ts';
import {
  type Balance,
  balances,
  pageViews,
  type Session,
  type ShopWiring,
  sessions,
} from './shop.ts';
import { addUp, behind, through } from './strategies.ts';

const accounts = new InMemoryStore<string, Balance>();
const users = new InMemoryStore<string, Session>();
const cache = new InMemoryCache<string, never>();
const counts = new InMemoryStore<string, number>();
const onError = () => {};
const onCacheError = onError;
const onDeadLetter = onError;
const write = async () => {};

export function rightPairs(): ShopWiring {
  // Slower than it must be, and right.
  through(sessions, { table: users, cache: new InMemoryCache(), onCacheError });
  return {
    balances: through(balances, {
      table: accounts,
      cache: new InMemoryCache(),
      onCacheError,
    }),
    pageViews: addUp(pageViews, { write, onError }),
    sessions: behind(sessions, { store: users, onDeadLetter }),
  };
}

// #region pairs
export function wrongPairs() {
  // @ts-expect-error
  behind(balances, { store: accounts, onDeadLetter });
  // @ts-expect-error
  behind(pageViews, { store: counts, onDeadLetter });
  // @ts-expect-error
  through(pageViews, { table: counts, cache, onCacheError });
  // @ts-expect-error
  addUp(balances, { write, onError });
  // @ts-expect-error
  addUp(sessions, { write, onError });
}
// #endregion pairs

export function waysAround(right: ShopWiring) {
  const raw = new WriteBehindCache({ store: accounts, clock: systemClock });
  // @ts-expect-error
  const unwired: ShopWiring = { ...right, balances: raw };
  const relabelled = replaceable<Balance>('balances', { mayLoseMs: 1000 });
  const lossy = behind(relabelled, { store: accounts, onDeadLetter });
  // @ts-expect-error
  const renamed: ShopWiring = { ...right, balances: lossy };
  const widened: Kind<
    'must-survive' | 'replaceable',
    Values<Balance>
  > = balances;
  // @ts-expect-error
  behind(widened, { store: accounts, onDeadLetter });
  // @ts-expect-error
  mustSurvive<Balance>('balances', { mayLoseMs: 1000 });
  // @ts-expect-error
  behind(sessions, { store: accounts, onDeadLetter });
  return [unwired, renamed];
}

export function wrongCalls({ balances, pageViews, sessions }: ShopWiring) {
  // @ts-expect-error
  balances.handle.add('linh', 1);
  // @ts-expect-error
  pageViews.handle.set('/lamp', 1);
  // @ts-expect-error
  sessions.handle.close();
}
