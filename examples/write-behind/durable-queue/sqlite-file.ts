/** The file of a journal: its tables, and what is left of them after damage. */
import fs from 'node:fs';
import Database from 'libsql/promise';
import type { Operation } from '../../shared/store.ts';
import { type Acknowledged, type Counts, nothing } from './acknowledged.ts';
import { type Damage, messageOf } from './journal-damage.ts';
import { decode } from './journal-entry.ts';

/** As much of the driver as is used here. */
export interface Sqlite {
  readonly inTransaction?: boolean;
  exec(sql: string): Promise<void>;
  prepare<T>(sql: string): Promise<Statement<T>>;
  close(): void;
}

export interface Statement<T> {
  run(...values: (string | number)[]): unknown;
  get(...values: (string | number)[]): T;
}

export function openSqlite(file: string): Sqlite {
  return new Database(file, {});
}

// #region schema
export const pageBytes = 4096;

/** A commit returns when its log is on the disk. */
export const schema = `
  PRAGMA page_size = ${pageBytes};
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS journal (
    position INTEGER PRIMARY KEY,
    entry TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS counts (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    appended INTEGER NOT NULL,
    lastVersion INTEGER NOT NULL
  ) STRICT;
  INSERT OR IGNORE INTO counts VALUES (1, 0, 0);
`;

/** The driver may keep the file open after `close`, but not locked. */
export const release = `
  PRAGMA journal_mode = DELETE;
  PRAGMA locking_mode = NORMAL;
  SELECT * FROM counts;
`;
// #endregion schema

export type Statements = Awaited<ReturnType<typeof prepare>>;

export async function prepare(database: Sqlite) {
  return {
    insert: await database.prepare('INSERT INTO journal VALUES (?, ?)'),
    remove: await database.prepare('DELETE FROM journal WHERE position = ?'),
    count: await database.prepare<Counts>(
      `UPDATE counts
       SET appended = appended + ?, lastVersion = max(lastVersion, ?)
       RETURNING appended, lastVersion`,
    ),
    counts: await database.prepare<Counts>('SELECT * FROM counts'),
  };
}

// #region transaction
export async function transaction<T>(
  database: Sqlite,
  work: () => Promise<T>,
): Promise<T> {
  await database.exec('BEGIN IMMEDIATE');
  try {
    const result = await work();
    await database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite may have done so by itself.
    if (database.inTransaction) await database.exec('ROLLBACK');
    throw error;
  }
}
// #endregion transaction

export interface Located<V> {
  readonly position: number;
  readonly operation: Operation<string, V>;
}

export interface Found<V> {
  readonly located: readonly Located<V>[];
  readonly damage: readonly Damage[];
  readonly counts: Counts;
}

interface Row {
  readonly position: number;
  /** The driver ends the process at text that is none. */
  readonly entry: Buffer;
}

// #region read
/** Reads one row after the other: an unreadable one costs none before it. */
export async function readEntries<V>(database: Sqlite): Promise<Found<V>> {
  const located: Located<V>[] = [];
  const damage: Damage[] = [];
  let last = 0;
  try {
    const next = await database.prepare<Row | undefined>(
      `SELECT position, CAST(entry AS BLOB) AS entry FROM journal
       WHERE position > ? ORDER BY position LIMIT 1`,
    );
    for (;;) {
      const row = await next.get(last);
      if (row === undefined) break;
      last = row.position;
      const entry = String(row.entry);
      try {
        located.push({ position: last, operation: decode<V>(entry) });
      } catch (error) {
        const reason = messageOf(error);
        damage.push({ where: `entry ${last}`, reason, found: entry });
      }
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    damage.push({ where: `behind entry ${last}`, reason: messageOf(error) });
  }
  return { located, damage, counts: await readCounts(database) };
}
// #endregion read

// #region examine
/** Changes nothing, and reads what SQLite would refuse to read as a whole. */
export async function examine<V>(
  database: Sqlite,
  acknowledged: Acknowledged,
): Promise<Found<V>> {
  await database.exec('PRAGMA locking_mode = EXCLUSIVE');
  await database.exec('PRAGMA writable_schema = ON');
  const isBlank = await hasNoTables(database);
  const found = isBlank ? nothingFound : await readEntries<V>(database);
  const damage = [...found.damage, ...acknowledged.compare(found)];
  // What was passed over, since its number was changed, is found by this.
  if (damage.length === 0) damage.push(...(await checkPages(database)));
  await database.exec('PRAGMA writable_schema = OFF');
  return { ...found, damage };
}
// #endregion examine

const nothingFound = { located: [], damage: [], counts: nothing };

async function hasNoTables(database: Sqlite): Promise<boolean> {
  try {
    const tables = await database.prepare<{ readonly count: number }>(
      'SELECT count(*) AS count FROM sqlite_schema',
    );
    const { count } = await tables.get();
    return count === 0;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return false;
  }
}

async function checkPages(database: Sqlite): Promise<readonly Damage[]> {
  const check = await database.prepare<{ readonly quick_check: string }>(
    'PRAGMA quick_check',
  );
  const { quick_check: reason } = await check.get();
  return reason === 'ok' ? [] : [{ where: 'the file', reason }];
}

async function readCounts(database: Sqlite): Promise<Counts> {
  try {
    const { counts } = await prepare(database);
    return (await counts.get()) ?? nothing;
  } catch (error) {
    // The entries cannot be read either, or their number tells.
    if (!isDamage(error)) throw error;
    return nothing;
  }
}

/** The file is not what it was, in contrast to one that is locked. */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return /^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ)/.test(String(code));
}

// #region aside
/** What belongs to a journal, after its name. */
export const parts = ['-wal', '-acknowledged', ''];

/**
 * Copies it as it was found: SQLite cleans up, and may take the evidence away.
 * The name is the same at each start that finds the same damage, and another
 * once a repaired one has taken a write.
 */
export function keepDamaged(file: string, lastVersion: number): void {
  for (const part of parts) {
    const copy = `${file}.damaged-${lastVersion}${part}`;
    if (!fs.existsSync(file + part) || fs.existsSync(copy)) continue;
    fs.copyFileSync(file + part, copy);
  }
}
// #endregion aside
