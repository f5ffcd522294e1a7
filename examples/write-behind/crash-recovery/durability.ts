/** Where a write is kept before it is acknowledged. */
import path from 'node:path';
import type { Journal } from '../../shared/journal.ts';
import { EarlyJournal } from './early-journal.ts';

export interface Place {
  readonly directory: string;
  /** Of Redis, where it is used. */
  readonly url?: string;
}

export type Durability =
  | 'memory'
  | 'sqlite'
  | 'sqlite-group'
  | 'redis'
  /** Broken: acknowledged before it is kept. */
  | 'sqlite-early';

export interface OpenJournal extends Journal<string, number> {
  close(): Promise<void>;
}

/** A driver is loaded where it is used: the processes here start often. */
export async function openJournal(
  durability: Durability,
  { directory, url = '' }: Place,
): Promise<OpenJournal | undefined> {
  const file = path.join(directory, 'journal.db');
  switch (durability) {
    case 'memory':
      return undefined;
    case 'sqlite':
      return openSqlite(file, false);
    case 'sqlite-group':
      return openSqlite(file, true);
    case 'sqlite-early':
      return new EarlyJournal(await openSqlite(file, true));
    case 'redis':
      return openRedis(url);
  }
}

async function openSqlite(file: string, groupCommit: boolean) {
  const { SqliteJournal } = await import('../durable-queue/sqlite-journal.ts');
  return SqliteJournal.open<number>({ file, groupCommit });
}

async function openRedis(url: string) {
  const { RedisStreamJournal } = await import(
    '../durable-queue/redis-stream-journal.ts'
  );
  return RedisStreamJournal.open<number>({
    url,
    stream: 'scores',
    consumer: 'game-server',
  });
}
