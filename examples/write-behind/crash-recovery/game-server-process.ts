/** A game server in a process of its own, which starts as fast as it can. */
import type { Guard, Guarded } from '../../services/guard.ts';
import { projectFile } from '../../shared/project-file.ts';
import type { Orders } from './game-server.ts';

export function startGameServer(
  guard: Guard,
  orders: Omit<Orders, 'directory'>,
): Guarded {
  const { directory } = guard;
  return guard.run(process.execPath, [
    projectFile('node_modules/jiti/lib/jiti-cli.mjs'),
    projectFile('examples/write-behind/crash-recovery/game-server.ts'),
    JSON.stringify({ ...orders, directory }),
  ]);
}
