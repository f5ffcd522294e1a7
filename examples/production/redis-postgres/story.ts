/** The same visits to two sites, and what both databases have in the end. */
import type { Print } from '../../shared/stopwatch.ts';
import { applySchema } from './apply-schema.ts';
import { type Addresses, openPlace, type Place } from './place.ts';
import type { Session } from './sessions.ts';
import { type Site, siteBehind, siteThrough } from './site.ts';
import { type Expected, type Verified, verify } from './verify.ts';

/** How a figure is shown that is another one in each run. */
export type Show = (value: number) => string;

const pages = ['/', '/products', '/checkout'] as const;
const users = 10;
const visitsEach = 4;

export async function story(
  addresses: Addresses,
  print: Print,
  show: Show,
): Promise<void> {
  const log = (error: unknown) => print(`  ${String(error)}`);
  const places = {
    through: await openPlace(addresses, log),
    behind: await openPlace(addresses, log),
  };
  const { through, behind } = places;
  await applySchema(through.pool);
  const { rows } = await through.pool.query('SELECT FROM page_views');
  print(`schema.sql, applied twice: page_views has ${rows.length} pages`);

  print('');
  const total = users * visitsEach;
  print(`${total} visits of ${users} users, one after the other`);
  const slow = siteThrough(through);
  const letters: string[] = [];
  const fast = siteBehind(behind, ({ operation, error }) => {
    letters.push(`${operation.key}: ${reasonOf(error)}`);
  });
  const throughMs = await visitAll(slow);
  print(`  write-through acknowledged them in ${show(throughMs)} ms`);
  const behindMs = await visitAll(fast);
  print(`  write-behind acknowledged them in ${show(behindMs)} ms`);
  print(`  that is ${show(throughMs / behindMs)} times as fast`);

  print('');
  print(`final flush: ${show(fast.waiting())} rows were waiting`);
  await fast.flush();
  print(`  now ${fast.waiting()}`);

  for (const [name, place] of Object.entries(places)) {
    print('');
    print(`what write-${name} has left, compared with all visits`);
    await printVerification(place, print);
  }

  print('');
  print('a batch with a session that PostgreSQL cannot store');
  await poison(fast, behind, print);
  for (const letter of letters) print(`  dead letter: ${letter}`);

  await Promise.all([slow.close(), fast.close()]);
  await Promise.all([through.close(), behind.close()]);
}

interface Visit {
  readonly userId: string;
  readonly session: Session;
}

function visits(): Visit[] {
  return Array.from({ length: users * visitsEach }, (_, index) => ({
    userId: `user-${(index % users) + 1}`,
    session: {
      page: pages[index % pages.length] ?? '/',
      cart: index % 2 === 0 ? [] : ['lamp', `part-${index}`],
      lastActivity: Date.UTC(2026, 0, 1) + index,
    },
  }));
}

async function visitAll(site: Site): Promise<number> {
  const all = visits();
  const begin = performance.now();
  for (const { userId, session } of all) await site.visit(userId, session);
  return performance.now() - begin;
}

/** The last session of each user, and of each page all views. */
function expected(): Expected {
  const sessions = new Map<string, Session>();
  const views = new Map<string, number>();
  for (const { userId, session } of visits()) {
    sessions.set(userId, session);
    views.set(session.page, (views.get(session.page) ?? 0) + 1);
  }
  return { sessions, views };
}

async function printVerification(place: Place, print: Print): Promise<void> {
  const sides = Object.entries<Verified>(await verify(place, expected()));
  for (const [side, { found, equal, expected }] of sides) {
    const counts = `${found} of ${expected}, ${equal} with the same content`;
    print(`  ${side.padEnd(15)} ${counts}`);
  }
}

async function poison(site: Site, place: Place, print: Print): Promise<void> {
  const guests = Array.from({ length: 10 }, (_, index) => `guest-${index}`);
  for (const guest of guests) {
    const cart = guest === 'guest-7' ? ['lamp\u0000'] : ['lamp'];
    await site.visit(guest, { page: '/', cart, lastActivity: 0 });
  }
  await site.flush();
  const { rows } = await place.pool.query(
    "SELECT FROM user_sessions WHERE user_id LIKE 'guest-%'",
  );
  print(`  of ${guests.length} rows, ${rows.length} are stored`);
}

function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  return String(cause ?? error);
}
