import fs from 'node:fs';
import { expect, test } from 'vitest';
import type { Clock } from '../../shared/clock.ts';
import { projectFile } from '../../shared/project-file.ts';
import type { Store } from '../../shared/store.ts';
import type { Demand } from '../tuning/demand.ts';
import { planWrites } from '../tuning/plan-writes.ts';
import * as analytics from './analytics.ts';
import * as counters from './counters.ts';
import { database, memoryBytes } from './database.ts';
import * as logging from './logging.ts';
import { databaseOf, startedAt } from './processes.ts';
import * as scores from './scores.ts';
import * as sessions from './sessions.ts';
import * as social from './social.ts';

/** Of values that nobody here looks at: it stands for each other one. */
type AnyStore = Store<string, never>;

/** Returns what writes a row of its own, by its number. */
type Open = (store: AnyStore, clock: Clock) => (row: number) => unknown;

type Wish = Omit<Demand, 'databaseMs' | 'rowMs' | 'memoryBytes'>;

// #region demands
const demands = {
  logging: {
    ...{ writesPerSecond: 1000, rowBytes: 400 },
    ...{ loss: { ms: 3000 }, outageMs: 2000 },
  },
  analytics: {
    ...{ writesPerSecond: 1000, repeatedShare: 0.98, rowBytes: 100 },
    ...{ loss: { ms: 60_000 }, outageMs: 15_000, leastDelayMs: 5000 },
  },
  social: {
    ...{ writesPerSecond: 1000, repeatedShare: 0.2, rowBytes: 150 },
    ...{ loss: { ms: 15_000 }, outageMs: 8000, leastDelayMs: 1000 },
  },
  sessions: {
    ...{ writesPerSecond: 1000, repeatedShare: 0.6, rowBytes: 600 },
    ...{ loss: { ms: 20_000 }, outageMs: 14_000, leastDelayMs: 1000 },
  },
  counters: {
    ...{ writesPerSecond: 1000, repeatedShare: 0.9, rowBytes: 100 },
    ...{ loss: { ms: 30_000 }, outageMs: 18_000, leastDelayMs: 1000 },
  },
  scores: {
    ...{ writesPerSecond: 500, repeatedShare: 0.5, rowBytes: 120 },
    ...{ loss: { ms: 15_000 }, outageMs: 11_000, leastDelayMs: 500 },
  },
} satisfies Record<string, Wish>;
// #endregion demands

function planned(wish: Wish) {
  return planWrites({ ...database, memoryBytes, ...wish }).options;
}

test.each([
  ['logging', demands.logging, logging.settings],
  ['analytics', demands.analytics, analytics.settings],
  ['social', demands.social, social.settings],
  ['sessions', demands.sessions, sessions.settings],
  ['scores', demands.scores, scores.settings],
])('the settings for %s are those of its plan', (_, wish, settings) => {
  const { maxBatchSize, maxDelayMs, maxPending, retry } = settings;
  const options = { maxBatchSize, maxDelayMs, maxPending, retry };
  expect(planned(wish)).toMatchObject(options);
});

test.each<[string, Wish, Open]>([
  ['logging', demands.logging, linesOf],
  ['analytics', demands.analytics, viewsOf],
  ['social', demands.social, likesOf],
  ['sessions', demands.sessions, visitsOf],
  ['scores', demands.scores, pointsOf],
])(
  'what %s has acknowledged outlasts a database that refuses connections',
  async (_, { outageMs }, open) => {
    const clock = await startedAt(0);
    const rows = databaseOf<never>();
    const write = open(
      {
        read: (key) => rows.read(key),
        write: async (batch) => {
          if (clock.now() <= outageMs) throw new Error('connection refused');
          await rows.write(batch);
        },
      },
      clock,
    );
    const everyMs = 500;
    const count = outageMs / everyMs;
    for (let row = 0; row < count; row += 1) {
      await write(row);
      await clock.advance(everyMs);
    }
    expect(rows.entries()).toEqual([]);
    await clock.advance(10_000);
    expect(rows.entries()).toHaveLength(count);
  },
);

test('the counters have room for as many as their plan', () => {
  expect(counters.settings.maxKeys).toBe(planned(demands.counters).maxPending);
});

test('what may lose nothing is refused, unless it has a journal', () => {
  const audit: Wish = { ...demands.logging, loss: { keys: 1 } };
  expect(() => planned(audit)).toThrow('loss: expected at least');
  expect(planned({ ...audit, loss: 'none' })).toBeDefined();
});

test.each([
  ['logging', logging.settings.maxPending],
  ['analytics', analytics.settings.maxPending],
  ['social', social.settings.maxPending],
  ['sessions', sessions.settings.maxPending],
  ['counters', counters.settings.maxKeys],
  ['scores', scores.settings.maxPending],
])('the row of the page for %s has its bound', (name, bound) => {
  const page = projectFile('docs/production/use-cases.mdx');
  const rows = fs.readFileSync(page, 'utf8').split('\n');
  const row = rows.find((line) => line.includes(`](#${name}) |`));
  expect(row).toContain(` ${bound.toLocaleString('en')} `);
});

function linesOf(store: AnyStore, clock: Clock): ReturnType<Open> {
  const log = new logging.Log(store, 'web-1', clock);
  return () => log.write('info', 'request');
}

function viewsOf(store: AnyStore, clock: Clock): ReturnType<Open> {
  const views = new analytics.PageViews(store, clock);
  return (row) => views.view(`/page-${row}`);
}

function likesOf(store: AnyStore, clock: Clock): ReturnType<Open> {
  const likes = new social.Likes(store, clock);
  return (row) => likes.like('linh', `post-${row}`);
}

function visitsOf(store: AnyStore, clock: Clock): ReturnType<Open> {
  const visits = new sessions.Sessions(store, clock);
  return (row) => visits.signIn(`s-${row}`, 'linh');
}

function pointsOf(store: AnyStore, clock: Clock): ReturnType<Open> {
  const players = new scores.Scores(store, clock);
  return (row) => players.reach(`player-${row}`, 100);
}
