import { expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { Guard } from '../../services/guard.ts';
import { startRedis } from '../../services/redis.ts';
import type { Point } from './crash-points.ts';
import type { Durability } from './durability.ts';
import { startGameServer } from './game-server-process.ts';
import { Ledger, rowsIn } from './ledger.ts';
import { recover } from './recover.ts';

test('P9: a journal in SQLite whose replay is killed three times', () =>
  expectThatItRecovers('sqlite-group'));

test.skipIf(findCommand('redis-server') === undefined)(
  'redis-server: P9, a journal in Redis whose replay is killed three times',
  async () => {
    await using redis = await startRedis();
    await expectThatItRecovers('redis', redis.url);
  },
);

// #region replay
async function expectThatItRecovers(
  durability: Durability,
  url?: string,
): Promise<void> {
  await using guard = await Guard.open();
  const { directory } = guard;
  const place = { directory, ...(url !== undefined && { url }) };
  const ledger = new Ledger();
  const killAt = async (haltAt: Point, players: number) => {
    const orders = { durability, name: 'match', players, haltAt, ...place };
    const options = { maxDelayMs: 60_000, haltAfter: 20 };
    const gameServer = startGameServer(guard, { ...orders, ...options });
    await gameServer.printed(`at ${haltAt}`);
    await gameServer.kill();
    ledger.enter(gameServer.output, rowsIn(directory));
  };
  await killAt('acknowledged', 5);
  // These have no players: all that they do is replay.
  await killAt('on its way', 0);
  expect(rowsIn(directory).size).toBe(0);
  await killAt('stored', 0);
  const rows = rowsIn(directory);
  await killAt('settled', 0);
  await recover(durability, place);
  ledger.enter('', rowsIn(directory));

  expect(rowsIn(directory)).toEqual(rows);
  const tally = { acknowledged: 20, recovered: 20, lost: 0 };
  expect(ledger.tally()).toMatchObject(tally);
  expect(await recover(durability, place)).toBe(0);
}
// #endregion replay
