/** Three processes, one after the other, and a queue between them. */
import { pathToFileURL } from 'node:url';
import { Guard } from '../../services/guard.ts';
import { startRedis } from '../../services/redis.ts';
import type { Journal } from '../../shared/journal.ts';
import { projectFile } from '../../shared/project-file.ts';
import type { Print } from '../../shared/stopwatch.ts';

export interface ListJournal extends Journal<string, string> {
  close(): Promise<void>;
}

export type Open = (url: string, list: string) => Promise<ListJournal>;

/** The second is really killed, with all that it has taken in its memory. */
export async function story(
  kind: 'popped' | 'moved',
  open: Open,
  last: (journal: ListJournal, print: Print) => Promise<void>,
  print: Print,
): Promise<void> {
  await using redis = await startRedis({ appendfsync: 'always' });
  const list = 'sessions';

  // #region first
  const first = await open(redis.url, list);
  const pages = { haruka: '/checkout', minh: '/cart', aiko: '/search' };
  for (const [index, [key, value]] of Object.entries(pages).entries()) {
    await first.append({ type: 'set', key, value, version: index + 1 });
  }
  await first.close();
  print('the first process appended 3 writes, and was told that they are safe');
  // #endregion first

  await using guard = await Guard.open();
  const second = guard.run(process.execPath, [
    ...['--import', moduleAt('node_modules/jiti/lib/jiti-register.mjs')],
    projectFile(
      'examples/write-behind/durable-queue/fixtures/taking-process.ts',
    ),
    ...[kind, redis.url, list],
  ]);
  await second.printed('took 3');
  await second.kill();
  print('the second process took 3 of them, and was killed by kill -9');

  const third = await open(redis.url, list);
  await last(third, print);
  await third.close();
}

function moduleAt(file: string): string {
  return pathToFileURL(projectFile(file)).href;
}
