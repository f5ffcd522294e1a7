import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Guard } from '../../services/guard.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { put } from './journal-contract.ts';
import { openSqlite } from './sqlite-file.ts';
import { SqliteJournal } from './sqlite-journal.ts';

let folder: Guard;
let directory = '';
beforeAll(async () => {
  folder = await Guard.open();
  directory = folder.directory;
});
afterAll(() => folder.close());

const page = 'x'.repeat(3000);

describe('a full journal', () => {
  test('rejects what has no room, and keeps what it acknowledged', async () => {
    const file = path.join(directory, 'full');
    const maxBytes = 40 * 1024;
    const journal = await SqliteJournal.open<unknown>({ file, maxBytes });
    const acknowledged: Operation<string, unknown>[] = [];
    const full = await (async () => {
      for (let version = 1; ; version += 1) {
        const operation = put(`user ${version}`, version, page);
        try {
          await journal.append(operation);
          acknowledged.push(operation);
        } catch (error) {
          return error;
        }
      }
    })();
    expect(full).toMatchObject({
      message: `${file}: append failed: database or disk is full`,
      cause: { code: 'SQLITE_FULL' },
    });
    expect(acknowledged.length).toBeGreaterThan(3);
    expect(await journal.replay()).toEqual(acknowledged);
    await journal.settle(acknowledged);
    await journal.append(put('user 1', 100, page));
    expect(await journal.replay()).toEqual([put('user 1', 100, page)]);
    await journal.close();
  });

  test('fails a whole group, and none of it is replayed', async () => {
    const file = path.join(directory, 'group');
    const maxBytes = 40 * 1024;
    const journal = await SqliteJournal.open<unknown>({ file, maxBytes });
    await journal.append(put('user 0', 1));
    const group = Array.from({ length: 20 }, (_, index) =>
      journal.append(put(`user ${index + 1}`, index + 2, page)),
    );
    const ends = await Promise.allSettled(group);
    expect(new Set(ends.map(({ status }) => status))).toEqual(
      new Set(['rejected']),
    );
    expect(await journal.replay()).toEqual([put('user 0', 1)]);
    expect(await journal.lastVersion()).toBe(1);
    await journal.close();
  });

  test('fails the write of the cache, which never shows it', async () => {
    const file = path.join(directory, 'cache');
    const maxBytes = 20 * 1024;
    const journal = await SqliteJournal.open<string>({ file, maxBytes });
    const store = new InMemoryStore<string, string>();
    const cache = new WriteBehindCache({ store, journal });
    await expect(cache.set('user 1', page.repeat(10))).rejects.toThrow('full');
    expect(await cache.get('user 1')).toBeUndefined();
    await cache.set('user 2', 'short');
    await cache.close();
    expect(store.entries()).toEqual([['user 2', 'short']]);
    await journal.close();
  });
});

describe('a journal that cannot be opened', () => {
  test('says so where its directory is a file', async () => {
    const notDirectory = path.join(directory, 'a-file');
    fs.writeFileSync(notDirectory, '');
    const file = path.join(notDirectory, 'journal');
    const opened = SqliteJournal.open({ file });
    await expect(opened).rejects.toThrow(`${file} cannot be opened`);
  });

  test('says so where its directory is read-only', async () => {
    await using guard = await Guard.open();
    const readOnly = path.join(directory, 'read-only');
    fs.mkdirSync(readOnly);
    fs.chmodSync(directory, 0o755);
    fs.chmodSync(readOnly, 0o555);
    const file = path.join(readOnly, 'journal');
    const fixture = 'examples/write-behind/durable-queue/fixtures/read-only.ts';
    const child = guard.run(process.execPath, [
      '--import',
      pathToFileURL(path.resolve('node_modules/jiti/lib/jiti-register.mjs'))
        .href,
      path.resolve(fixture),
      file,
    ]);
    await child.ended;
    expect(child.output).toContain(`Error: ${file} cannot be opened`);
    expect(fs.readdirSync(readOnly)).toEqual([]);
  });

  test('says so where another process has it', async () => {
    const file = path.join(directory, 'taken');
    const journal = await SqliteJournal.open<unknown>({ file });
    const second = SqliteJournal.open({ file });
    await expect(second).rejects.toThrow(
      `${file} cannot be opened: database is locked`,
    );
    await journal.append(put('user 1', 1));
    await journal.close();
    const next = await SqliteJournal.open({ file });
    expect(await next.replay()).toHaveLength(1);
    await next.close();
  });

  test('says so where the file is the database of somebody else', async () => {
    const file = path.join(directory, 'foreign');
    const database = openSqlite(file);
    await database.exec('CREATE TABLE users (id INTEGER)');
    await database.close();
    const opened = SqliteJournal.open({ file });
    await expect(opened).rejects.toThrow('no such table: journal');
  });

  test('says which size it expects', async () => {
    const file = path.join(directory, 'size');
    const opened = SqliteJournal.open({ file, maxBytes: 0 });
    await expect(opened).rejects.toThrow('maxBytes: expected a whole number');
  });
});
