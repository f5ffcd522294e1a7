import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Guard } from '../../services/guard.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { put } from './journal-contract.ts';
import { sqlitePlace } from './places.ts';
import { SqliteJournal } from './sqlite-journal.ts';

interface Session {
  readonly page: string;
}

let folder: Guard;
let directory = '';
beforeAll(async () => {
  folder = await Guard.open();
  directory = folder.directory;
});
afterAll(() => folder.close());

test('a cache goes on where the process before it ended', async () => {
  const store = new InMemoryStore<string, Session>();
  const place = sqlitePlace(directory);
  store.hang();
  const file = place.file();
  // #region cache
  const journal = await SqliteJournal.open<Session>({ file });
  const cache = new WriteBehindCache({ store, journal });
  await cache.set('haruka', { page: '/checkout' });
  // #endregion cache
  const next = (await place.openAfterKill()) as SqliteJournal<Session>;
  const restarted = new WriteBehindCache({ store, journal: next });
  expect(await restarted.get('haruka')).toEqual({ page: '/checkout' });
  store.recover();
  await restarted.close();
  expect(await next.replay()).toEqual([]);
  await next.close();
  await cache.close();
  // The cache first: it tells the journal what it may forget.
  await journal.close();
});

test.each(['', ':memory:', 'libsql://localhost'])(
  '%j is no file for a journal',
  async (file) => {
    const opened = SqliteJournal.open({ file });
    await expect(opened).rejects.toThrow(`file: expected a path, got ${file}`);
  },
);

test('a directory that is not there is named', async () => {
  const file = path.join(directory, 'none', 'journal.db');
  const reason = 'ENOENT: no such file or directory';
  await expect(SqliteJournal.open({ file })).rejects.toThrow(
    `${file} cannot be opened: ${reason}, access '${path.dirname(file)}'`,
  );
});

/** What the log has grown by, which is what the disk must take at once. */
async function logBytes(groupCommit: boolean): Promise<number> {
  const place = sqlitePlace(directory, { groupCommit });
  const journal = await place.open();
  const size = () => fs.statSync(`${place.file()}-wal`).size;
  const before = size();
  const all = Array.from({ length: 50 }, (_, index) =>
    journal.append(put(`user ${index}`, index + 1)),
  );
  await Promise.all(all);
  const after = size();
  await journal.close();
  return after - before;
}

test('writers that come at the same time share one commit', async () => {
  const alone = await logBytes(false);
  const together = await logBytes(true);
  expect(alone / together).toBeGreaterThan(20);
});

test('what is settled leaves the file with the next commit', async () => {
  const place = sqlitePlace(directory);
  const journal = await place.open();
  await journal.append(put('a', 1));
  await journal.settle([{ key: 'a', version: 1 }]);
  // A kill in between replays it once more, which does no harm.
  const early = await place.openAfterKill();
  expect(await early.replay()).toEqual([put('a', 1)]);
  await early.settle([{ key: 'a', version: 1 }]);
  await early.append(put('b', 2));
  const late = await place.openAfterKill();
  expect(await late.replay()).toEqual([put('b', 2)]);
  for (const one of [journal, early, late]) await one.close();
});

test('its log does not grow for ever', async () => {
  const place = sqlitePlace(directory);
  const journal = await place.open();
  let largest = 0;
  for (let version = 1; version <= 60; version += 1) {
    await journal.append(put('a', version, 'x'.repeat(400_000)));
    await journal.lastVersion();
    await journal.replay();
    await journal.settle([{ key: 'a', version }]);
    const { size } = fs.statSync(`${place.file()}-wal`);
    largest = Math.max(largest, size);
  }
  // Some 24 million bytes were appended.
  expect(largest).toBeLessThan(6_000_000);
  await journal.close();
});

test('a closed journal is one file, and a count beside it', async () => {
  const place = sqlitePlace(directory);
  const journal = await place.open();
  await journal.append(put('a', 1));
  await journal.close();
  const name = path.basename(place.file());
  const files = fs
    .readdirSync(directory)
    .filter((file) => file.startsWith(name));
  expect(files.sort()).toEqual([name, `${name}-acknowledged`]);
});
