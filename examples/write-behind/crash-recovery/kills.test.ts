import { describe, expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { cases, killAgainAndAgain } from './kills.ts';
import type { Ledger } from './ledger.ts';

/** More of them, where somebody has the time. */
const { KILLS = '2' } = process.env;
const kills = Number(KILLS);
const plan = { kills, seed: 1 };
const timeout = 30 * 60_000;
const none = findCommand('redis-server') === undefined;
const { memory, sqlite, sqliteGroup, always, everysec, everysecKilled, never } =
  cases;

describe.concurrent(`killed ${kills} times each`, { timeout }, () => {
  test('memory: P9, exactly what was pending is lost', async () => {
    const ledger = await killAgainAndAgain(memory, plan);
    expectThatTheStoreAgrees(ledger);
    for (const { lost, unstored } of ledger.deaths()) {
      expect(lost).toEqual(unstored);
    }
    expect(ledger.tally()).toMatchObject({ kills, recovered: 0 });
  });

  test.each([
    ['a journal in SQLite', sqlite],
    ['a journal in SQLite with group commit', sqliteGroup],
  ])('%s: P9, nothing is lost', async (_, one) => {
    const ledger = await killAgainAndAgain(one, plan);
    expectThatTheStoreAgrees(ledger);
    expect(ledger.tally()).toMatchObject({ kills, lost: 0 });
  });

  test.skipIf(none).each([
    ['appendfsync always, and Redis is killed too', always],
    ['appendfsync everysec', everysec],
    ['appendfsync no, and Redis is killed too', never],
  ])('redis-server: %s: P9, nothing is lost', async (_, one) => {
    const ledger = await killAgainAndAgain(one, plan);
    expectThatTheStoreAgrees(ledger);
    expect(ledger.tally()).toMatchObject({ kills, lost: 0 });
  });

  test.skipIf(none)(
    'redis-server: appendfsync everysec, and Redis is killed too: what is lost was acknowledged last',
    async () => {
      const ledger = await killAgainAndAgain(everysecKilled, plan);
      expectThatTheStoreAgrees(ledger);
      for (const { lost, unstored } of ledger.deaths()) {
        expect(unstored.slice(unstored.length - lost.length)).toEqual(lost);
      }
      expect(ledger.tally()).toMatchObject({ kills });
    },
  );
});

/** With what the process has said of itself: it is no fault of the counting. */
function expectThatTheStoreAgrees(ledger: Ledger): void {
  expect(ledger.tally().acknowledged).toBeGreaterThan(0);
  for (const { unstored, pending, unsent } of ledger.deaths()) {
    expect(pending).toEqual(expect.arrayContaining([...unstored]));
    expect(unstored).toEqual(expect.arrayContaining([...unsent]));
  }
}
