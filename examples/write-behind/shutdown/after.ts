import { startPostgres } from '../../services/postgres.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { hungDatabase, lateGuests } from './stories.ts';

const ending = 'endGracefully';

export async function demo(print: Print): Promise<void> {
  const postgres = await startPostgres();
  try {
    print('a slow database, and guests who come meanwhile');
    // A line for every second would not be the same on each machine.
    const patient = { drainMs: 600_000, progressMs: 600_000 };
    const slow = { ending, times: patient } as const;
    await lateGuests(postgres, slow, 'draining', print);
    print('a database that hangs');
    const hung = {
      ...slow,
      times: { ...patient, drainMs: 500 },
    };
    await hungDatabase(postgres, hung, print);
    print('a database that hangs, and a second signal');
    const noEcho = {
      ...slow,
      times: { ...patient, echoMs: 0 },
    };
    await hungDatabase(postgres, noEcho, print, 'SIGTERM');
  } finally {
    await postgres.stop();
  }
}

if (isMain('write-behind/shutdown/after'))
  void demo(console.log);
