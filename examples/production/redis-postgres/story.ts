/** The same visits to two sites, and what both databases have in the end. */
import type { Print } from '../../shared/stopwatch.ts';
import { applySchema } from './apply-schema.ts';
import { type Addresses, openPlace, type Place } from './place.ts';
import type { Session } from './sessions.ts';
import { type Site, siteBehind, siteThrough } from './site.ts';
import {
  type Expected,
  type Verification,
  type Verified,
  verify,
} from './verify.ts';

/** How a figure is shown that is another one in each run. */
export type Show = (value: number) => string;

export interface Telling {
  readonly print: Print;
  readonly show: Show;
  readonly signal: AbortSignal;
}

const pages = ['/', '/products', '/checkout'] as const;
const users = 10;
const visitsEach = 4;
/** Of ten guests, the one whose session PostgreSQL cannot store. */
const poisonous = 'guest-7';

/** Rejects if anything is missing in the end, or is not what it should be. */
export async function story(
  addresses: Addresses,
  telling: Telling,
): Promise<void> {
  const log = (error: unknown) => telling.print(`  ${String(error)}`);
  await using through = await openPlace(addresses, log);
  await using behind = await openPlace(addresses, log);
  const letters: string[] = [];
  const slow = siteThrough(through);
  const fast = siteBehind(behind, ({ operation, error }) => {
    letters.push(`${operation.key}: ${reasonOf(error)}`);
  });
  try {
    await tell({ through, behind, slow, fast, letters }, telling);
  } finally {
    // Before their places: what they still write would be left there.
    await Promise.all([slow.close(), fast.close()]);
  }
}

interface Sites {
  readonly through: Place;
  readonly behind: Place;
  readonly slow: Site;
  readonly fast: Site & { waiting(): number };
  /** What the fast one could not store. */
  readonly letters: readonly string[];
}

async function tell(
  { through, behind, slow, fast, letters }: Sites,
  { show, signal, ...telling }: Telling,
): Promise<void> {
  const print: Print = (line) => {
    signal.throwIfAborted();
    telling.print(line);
  };
  await applySchema(through.pool);
  const { rows } = await through.pool.query('SELECT FROM page_views');
  print(`schema.sql, applied twice: page_views has ${rows.length} pages`);

  print('');
  const visits = usersVisits();
  print(`${visits.length} visits of ${users} users, one after the other`);
  const throughMs = await visitAll(slow, visits, signal);
  print(`  write-through acknowledged them in ${show(throughMs)} ms`);
  const behindMs = await visitAll(fast, visits, signal);
  print(`  write-behind acknowledged them in ${show(behindMs)} ms`);

  print('');
  print(`final flush: ${show(fast.waiting())} rows were waiting`);
  await fast.flush();
  print(`  now ${fast.waiting()}`);

  print('');
  print('a batch with a session that PostgreSQL cannot store');
  const guests = guestsVisits();
  await visitAll(fast, guests, signal);
  await fast.flush();
  const { rows: stored } = await behind.pool.query(
    "SELECT FROM user_sessions WHERE user_id LIKE 'guest-%'",
  );
  print(`  of ${guests.length} rows, ${stored.length} are stored`);
  for (const letter of letters) print(`  dead letter: ${letter}`);

  const sides = {
    through: await verify(through, expectedOf(visits)),
    behind: await verify(behind, expectedOf([...visits, ...guests])),
  };
  print('');
  print('in short');
  print(`  write-through  ${summaryOf(visits, sides.through, 0)}`);
  const all = [...visits, ...guests];
  print(`  write-behind   ${summaryOf(all, sides.behind, letters.length)}`);
  print(`  acknowledged   ${show(throughMs / behindMs)} times as fast behind`);

  for (const [name, verification] of Object.entries(sides)) {
    print('');
    print(`what write-${name} has left, compared with all visits`);
    for (const line of linesOf(verification)) print(line);
  }
  if (!Object.values(sides).every(isAsExpected)) {
    throw new Error('The databases do not have what the visits have left');
  }
}

interface Visit {
  readonly userId: string;
  readonly session: Session;
}

function usersVisits(): Visit[] {
  return Array.from({ length: users * visitsEach }, (_, index) => ({
    userId: `user-${(index % users) + 1}`,
    session: {
      page: pages[index % pages.length] ?? '/',
      cart: index % 2 === 0 ? [] : ['lamp', `part-${index}`],
      lastActivity: Date.UTC(2026, 0, 1) + index,
    },
  }));
}

function guestsVisits(): Visit[] {
  return Array.from({ length: 10 }, (_, index) => {
    const userId = `guest-${index}`;
    const cart = userId === poisonous ? ['lamp\u0000'] : ['lamp'];
    return { userId, session: { page: '/', cart, lastActivity: 0 } };
  });
}

async function visitAll(
  site: Site,
  visits: readonly Visit[],
  signal: AbortSignal,
): Promise<number> {
  const begin = performance.now();
  for (const { userId, session } of visits) {
    signal.throwIfAborted();
    await site.visit(userId, session);
  }
  return performance.now() - begin;
}

/** The last session of each user who has one, and of each page all views. */
function expectedOf(visits: readonly Visit[]): Expected {
  const sessions = new Map<string, Session>();
  const views = new Map<string, number>();
  for (const { userId, session } of visits) {
    if (userId !== poisonous) sessions.set(userId, session);
    views.set(session.page, (views.get(session.page) ?? 0) + 1);
  }
  return { sessions, views };
}

function summaryOf(
  visits: readonly Visit[],
  { user_sessions, page_views }: Verification,
  letters: number,
): string {
  const rows = user_sessions.found + page_views.found;
  return `${visits.length} visits, ${rows} rows, dead letters: ${letters}`;
}

function linesOf(verification: Verification): string[] {
  return Object.entries<Verified>(verification).map(
    ([side, { found, equal, expected }]) => {
      const counts = `${found} of ${expected}, ${equal} with the same content`;
      return `  ${side.padEnd(15)} ${counts}`;
    },
  );
}

function isAsExpected(verification: Verification): boolean {
  return Object.values<Verified>(verification).every(
    ({ found, equal, expected }) => found === expected && equal === expected,
  );
}

function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  return String(cause ?? error);
}
