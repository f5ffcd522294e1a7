import type { Clock } from '../../shared/clock.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { VirtualClock } from '../../shared/virtual-clock.ts';
import { ShopDatabase } from './database.ts';
import {
  balances,
  pageViews,
  Shop,
  type ShopWiring,
  sessions,
} from './shop.ts';
import { story, type World } from './story.ts';
import { addUp, behind, through } from './strategies.ts';

// #region wiring
export function wire(
  database: ShopDatabase,
  node: string,
  clock: Clock,
  log: (error: unknown) => void,
): ShopWiring {
  return {
    balances: through(balances, {
      table: database.accounts,
      cache: new InMemoryCache({ clock }),
      onCacheError: log,
      clock,
    }),
    pageViews: addUp(pageViews, {
      write: database.viewsFrom(node),
      onError: log,
      clock,
    }),
    sessions: behind(sessions, {
      store: database.sessions,
      retry: { attempts: 40 },
      onDeadLetter: ({ error }) => log(error),
      clock,
    }),
  };
}
// #endregion wiring

export function demo(print: Print): Promise<void> {
  return story(build, print);
}

export function build(clock: VirtualClock): World {
  const linh = { cents: 10_000, revision: 0 };
  const database = new ShopDatabase(clock, [['linh', linh]]);
  return {
    open: (node) =>
      new Shop(
        wire(database, node, clock, () => {}),
        clock,
      ),
    setDown(isDown) {
      database.isDown = isDown;
    },
    stored: () => ({
      cents: database.balance('linh')?.cents ?? 0,
      views: database.views('/lamp'),
      notice: database.session('s1')?.notice,
    }),
  };
}

if (isMain('write-behind/hybrid/after')) {
  void demo(console.log);
}
