/** Where the tests have journals: each place is empty, and ends with its test. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import type { ClosableJournal, Place } from './journal-contract.ts';
import { parts } from './sqlite-file.ts';
import { SqliteJournal, type SqliteJournalOptions } from './sqlite-journal.ts';

/** One object, whatever happens: the test plays the crash. */
export function inMemoryPlace(): Place {
  class Closable extends InMemoryJournal<string, unknown> {
    async close(): Promise<void> {}
  }
  const journal = new Closable();
  return { open: async () => journal, openAfterKill: async () => journal };
}

/** After a kill, another directory, with what was in the first at that time. */
export function sqlitePlace(
  directory: string,
  options: Omit<SqliteJournalOptions, 'file'> = {},
): Place & { readonly file: () => string } {
  const newFile = () => path.join(directory, `${randomUUID()}.journal`);
  let file = newFile();
  const open = () => SqliteJournal.open<unknown>({ ...options, file });
  return {
    file: () => file,
    open,
    async openAfterKill() {
      const before = file;
      file = newFile();
      for (const part of parts) {
        if (!fs.existsSync(before + part)) continue;
        fs.copyFileSync(before + part, file + part);
      }
      return open();
    },
  };
}

/** The connection of a killed process is closed by its system. */
export function redisPlace(
  openAt: (key: string) => Promise<ClosableJournal>,
): Place {
  const key = randomUUID();
  let last: ClosableJournal | undefined;
  return {
    async open() {
      last = await openAt(key);
      return last;
    },
    async openAfterKill() {
      await last?.close();
      last = await openAt(key);
      return last;
    },
  };
}
