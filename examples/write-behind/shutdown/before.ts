import { startPostgres } from '../../services/postgres.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { fullQueue, lateGuests } from './stories.ts';

export async function demo(print: Print): Promise<void> {
  const postgres = await startPostgres();
  try {
    print('process.exit in the handler');
    await fullQueue(postgres, { ending: 'exitAtOnce' }, print);
    print('a flush that nobody waits for');
    await fullQueue(
      postgres,
      { ending: 'exitBeforeTheFlush' },
      print,
    );
    print('a flush while requests go on');
    const ending = { ending: 'serveWhileFlushing' } as const;
    await lateGuests(postgres, ending, 'flushing', print);
  } finally {
    await postgres.stop();
  }
}

if (isMain('write-behind/shutdown/before'))
  void demo(console.log);
