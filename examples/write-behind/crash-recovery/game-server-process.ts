/** A game server in a process of its own, which starts as fast as it can. */
import path from 'node:path';
import type { Guard, Guarded } from '../../services/guard.ts';
import type { Orders } from './game-server.ts';

export function startGameServer(
  guard: Guard,
  orders: Omit<Orders, 'directory'>,
): Guarded {
  const { directory } = guard;
  return guard.run(process.execPath, [
    path.resolve('node_modules/jiti/lib/jiti-cli.mjs'),
    path.resolve('examples/write-behind/crash-recovery/game-server.ts'),
    JSON.stringify({ ...orders, directory }),
  ]);
}
