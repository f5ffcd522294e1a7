/** A write is at one of its points when its process is killed. */
import { Guard } from '../../services/guard.ts';
import type { Point } from './crash-points.ts';
import type { Durability } from './durability.ts';
import { startGameServer } from './game-server-process.ts';
import { rowsIn } from './ledger.ts';
import { recover } from './recover.ts';
import { toldBy } from './told.ts';

export interface Aftermath {
  /** Whether the caller has heard that the write is kept. */
  readonly isAcknowledged: boolean;
  /** Whether the store had it when the process was killed. */
  readonly wasStored: boolean;
  /** How many operations the next process sent to the store. */
  readonly replayed: number;
  /** Whether the store has it now. */
  readonly isStored: boolean;
}

export async function dieAt(
  point: Point,
  durability: Durability,
  url?: string,
): Promise<Aftermath> {
  await using guard = await Guard.open();
  const { directory } = guard;
  const place = { directory, ...(url !== undefined && { url }) };
  const gameServer = startGameServer(guard, {
    ...{ durability, name: 'ada', players: 1, wins: 1, haltAt: point },
    ...place,
  });
  await gameServer.printed(`at ${point}`);
  await gameServer.kill();
  const wasStored = rowsIn(directory).size > 0;
  const replayed = await recover(durability, place);
  return {
    isAcknowledged: toldBy(gameServer.output).acknowledged.length > 0,
    wasStored,
    replayed,
    isStored: rowsIn(directory).size > 0,
  };
}
