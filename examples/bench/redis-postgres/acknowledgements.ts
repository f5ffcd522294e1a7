import path from 'node:path';
import type { Place } from '../../production/redis-postgres/place.ts';
import type { Session } from '../../production/redis-postgres/sessions.ts';
import {
  sessionsBehind,
  sessionsThrough,
} from '../../production/redis-postgres/wiring.ts';
import type { Cache } from '../../shared/cache.ts';
import type { DeadLetter } from '../../strategies/write-behind/write-behind-cache.ts';
import { SqliteJournal } from '../../write-behind/durable-queue/sqlite-journal.ts';
import { noteSqlite } from '../harness/note-sqlite.ts';
import type { Work } from '../harness/rounds.ts';

export interface Acknowledgements {
  readonly works: Readonly<Record<'through' | 'behind' | 'durable', Work>>;
  close(): Promise<void>;
}

/** Each writer sets a session, waits until it is told so, and sets the next. */
export async function acknowledgements(
  place: Place,
  directory: string,
  writers: number,
  each: Readonly<Record<'through' | 'behind' | 'durable', number>>,
): Promise<Acknowledgements> {
  const file = path.join(directory, `${writers}.journal`);
  noteSqlite();
  const journal = await SqliteJournal.open<Session>({ file });
  const through = sessionsThrough(place);
  const options = { maxBatchSize: 100 };
  const behind = sessionsBehind(place, refuse, options);
  const durable = sessionsBehind(place, refuse, { ...options, journal });
  const all = { through, behind, durable };
  const flush = async () => {
    await Promise.all([behind.flush(), durable.flush()]);
  };
  const work = (name: keyof typeof all): Work => ({
    operations: each[name] * writers,
    async prepare() {
      await flush();
      return () => setAll(all[name], name, writers, each[name]);
    },
  });
  return {
    works: {
      through: work('through'),
      behind: work('behind'),
      durable: work('durable'),
    },
    async close() {
      for (const cache of Object.values(all)) await cache.close();
      await journal.close();
    },
  };
}

async function setAll(
  cache: Cache<string, Session>,
  name: string,
  writers: number,
  each: number,
): Promise<void> {
  const write = async (writer: number) => {
    for (let count = 0; count < each; count += 1) {
      await cache.set(`${name}-${writer}-${count}`, sessionOf(count));
    }
  };
  await Promise.all(
    Array.from({ length: writers }, (_, index) => write(index)),
  );
}

/** No row is bad. */
export function refuse({ error }: DeadLetter<string, Session>): never {
  throw error;
}

/** Some hundred bytes. */
export function sessionOf(count: number): Session {
  const cart = ['lamp', 'chair', `part-${count % 100}`];
  return {
    page: '/checkout',
    cart,
    lastActivity: Date.UTC(2026, 0, 1) + count,
  };
}
