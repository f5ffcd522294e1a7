/** Kills one game server after the other, each the heir of the one before. */
import path from 'node:path';
import { Guard, type Guarded } from '../../services/guard.ts';
import { startRedis } from '../../services/redis.ts';
import { Random } from '../../shared/random.ts';
import type { Durability } from './durability.ts';
import { startGameServer } from './game-server-process.ts';
import { Ledger } from './ledger.ts';
import { ScoreStore } from './score-store.ts';

export interface Case {
  readonly durability: Durability;
  readonly redis?: {
    readonly appendfsync: 'always' | 'everysec' | 'no';
    /** Or only the game server. */
    readonly isKilledToo: boolean;
  };
}

export const cases = {
  memory: { durability: 'memory' },
  sqlite: { durability: 'sqlite' },
  sqliteGroup: { durability: 'sqlite-group' },
  always: redis('always', true),
  everysec: redis('everysec', false),
  everysecKilled: redis('everysec', true),
  never: redis('no', true),
} as const satisfies Readonly<Record<string, Case>>;

function redis(
  appendfsync: 'always' | 'everysec' | 'no',
  isKilledToo: boolean,
): Case {
  return { durability: 'redis', redis: { appendfsync, isKilledToo } };
}

export type CaseName = keyof typeof cases;

export interface Plan {
  readonly kills: number;
  readonly seed: number;
}

/** Resolves when the last of them has recovered what the others left. */
export async function killAgainAndAgain(
  { durability, redis }: Case,
  { kills, seed }: Plan,
): Promise<Ledger> {
  const random = new Random(seed);
  const ledger = new Ledger();
  await using guard = await Guard.open();
  const file = path.join(guard.directory, 'scores.db');
  using store = new ScoreStore({ file });
  await using server = redis && (await startRedis(redis));
  const url = server && { url: server.url };
  const killed = redis?.isKilledToo ? server : undefined;
  // #region chain
  for (let life = 1; life <= kills; life += 1) {
    const orders = { durability, name: `server-${life}`, players: 16, ...url };
    const gameServer = startGameServer(guard, orders);
    // None: the journal is being replayed.
    const acknowledgements = random.chance(25) ? 0 : random.between(1, 300);
    await gameServer.printed(
      acknowledgements === 0 ? 'opened' : `acknowledged ${acknowledgements} `,
    );
    if (killed !== undefined && random.chance(33)) {
      await killed.kill();
      await hasNoticed(gameServer);
    }
    await Promise.all([gameServer.kill(), killed?.kill()]);
    await killed?.restart();
    ledger.enter(gameServer.output, store.rows());
  }
  // #endregion chain
  const last = { durability, name: 'last', players: 0, ...url };
  const gameServer = startGameServer(guard, last);
  await gameServer.printed('closed');
  await gameServer.ended;
  ledger.enter(gameServer.output, store.rows());
  return ledger;
}

/** It refuses a write, or ends by itself if it cannot even replay. */
async function hasNoticed(gameServer: Guarded): Promise<void> {
  await gameServer.printed('refused').catch(() => gameServer.ended);
}
