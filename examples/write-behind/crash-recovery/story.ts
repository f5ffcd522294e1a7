/** A game server is killed while a hundred scores wait for the store. */
import { Guard } from '../../services/guard.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Durability } from './durability.ts';
import { startGameServer } from './game-server-process.ts';
import { Ledger, rowsIn } from './ledger.ts';
import { recover } from './recover.ts';

export async function story(
  durability: Durability,
  print: Print,
): Promise<void> {
  await using guard = await Guard.open();
  const { directory } = guard;
  const ledger = new Ledger();
  // #region story
  const gameServer = startGameServer(guard, {
    durability,
    name: 'match',
    players: 10,
    maxDelayMs: 60_000,
    haltAt: 'acknowledged',
    haltAfter: 100,
  });
  await gameServer.printed('at acknowledged');
  const { signal } = await gameServer.kill();
  ledger.enter(gameServer.output, rowsIn(directory));
  // #endregion story
  const { acknowledged, stored } = ledger.tally();
  print(`The game server was ended by ${signal}.`);
  print(`${acknowledged} scores were acknowledged, ${stored} are stored.`);
  await recover(durability, { directory });
  ledger.enter('', rowsIn(directory));
  const { recovered, lost } = ledger.tally();
  print(`The next process: ${recovered} recovered, ${lost} lost.`);
}
