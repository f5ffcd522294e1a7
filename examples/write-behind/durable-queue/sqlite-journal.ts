/**
 * A journal in a file of SQLite, for one cache on one machine. To own it, copy
 * this file and those that it imports.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expectSize, unexpected } from '../../shared/expect-option.ts';
import type { Journal, Settled } from '../../shared/journal.ts';
import type { Operation } from '../../shared/store.ts';
import { Acknowledged, type Counts } from './acknowledged.ts';
import { Held } from './held.ts';
import { JournalDamagedError, messageOf } from './journal-damage.ts';
import { encode } from './journal-entry.ts';
import {
  examine,
  type Found,
  keepDamaged,
  openSqlite,
  pageBytes,
  prepare,
  readEntries,
  release,
  type Sqlite,
  type Statements,
  schema,
  transaction,
} from './sqlite-file.ts';

// #region options
export interface SqliteJournalOptions {
  readonly file: string;
  /** Writers that come together share one fsync. Default: true. */
  readonly groupCommit?: boolean;
  /** The file grows no further, and `append` rejects. Default: no limit. */
  readonly maxBytes?: number;
}
// #endregion options

export class SqliteJournal<V> implements Journal<string, V> {
  readonly #file: string;
  readonly #groupCommit: boolean;
  readonly #database: Sqlite;
  readonly #statements: Statements;
  readonly #acknowledged: Acknowledged;
  readonly #held = new Held<number>();
  /** Settled, and deleted with the next commit. */
  readonly #forgotten = new Set<number>();
  readonly #waiting: Waiting<V>[] = [];
  /** Resolves when nobody uses the database. */
  #turn: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  // #region open
  /** Rejects with a `JournalDamagedError` where anything is not as it was. */
  static async open<V>(
    options: SqliteJournalOptions,
  ): Promise<SqliteJournal<V>> {
    const { file, maxBytes } = options;
    expectPath(file);
    if (maxBytes !== undefined) expectSize('maxBytes', maxBytes);
    const { database, acknowledged } = openFiles(file);
    try {
      const found = await examine<V>(database, acknowledged);
      expectIntact(file, found, acknowledged.counts);
      await database.exec(schema);
      if (maxBytes !== undefined) {
        const pages = Math.ceil(maxBytes / pageBytes);
        await database.exec(`PRAGMA max_page_count = ${pages}`);
      }
      const statements = await prepare(database);
      return new SqliteJournal(options, database, statements, acknowledged);
    } catch (error) {
      const isDamaged = error instanceof JournalDamagedError;
      if (isDamaged) keepDamaged(file, error.lastVersion);
      acknowledged.close();
      await database.close();
      if (isDamaged) throw error;
      throw explain(`${file} cannot be opened`, error);
    }
  }
  // #endregion open

  private constructor(
    { file, groupCommit = true }: SqliteJournalOptions,
    database: Sqlite,
    statements: Statements,
    acknowledged: Acknowledged,
  ) {
    this.#file = file;
    this.#groupCommit = groupCommit;
    this.#database = database;
    this.#statements = statements;
    this.#acknowledged = acknowledged;
  }

  // #region append
  async append(operation: Operation<string, V>): Promise<void> {
    this.#expectOpen();
    const entry = encode(operation);
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ operation, entry, resolve, reject });
      // Whoever comes before the commit begins is carried by it.
      const isFirst = this.#waiting.length === 1;
      if (isFirst || !this.#groupCommit) {
        void this.#inTurn(() => this.#commitWaiting());
      }
    });
  }

  async #commitWaiting(): Promise<void> {
    const count = this.#groupCommit ? this.#waiting.length : 1;
    const group = this.#waiting.splice(0, count);
    try {
      await this.#commit(group);
      for (const { resolve } of group) resolve();
    } catch (error) {
      const failure = explain(`${this.#file}: append failed`, error);
      for (const { reject } of group) reject(failure);
    }
  }
  // #endregion append

  // #region commit
  /** One transaction, one fsync. */
  async #commit(group: readonly Waiting<V>[]): Promise<void> {
    const { remove, insert, count } = this.#statements;
    const forgotten = [...this.#forgotten];
    const highest = highestOf(group.map(({ operation }) => operation));
    const counts = await transaction(this.#database, async () => {
      for (const position of forgotten) await remove.run(position);
      const after = await count.get(group.length, highest);
      let position = after.appended - group.length;
      for (const { entry } of group) await insert.run(++position, entry);
      return after;
    });
    for (const position of forgotten) this.#forgotten.delete(position);
    let position = counts.appended - group.length;
    for (const { operation } of group) this.#held.add(operation, ++position);
    this.#acknowledged.write(counts);
  }
  // #endregion commit

  // #region settle
  /** They leave the file with the next commit, and cost no fsync of their own. */
  async settle(operations: readonly Settled<string>[]): Promise<void> {
    this.#expectOpen();
    for (const position of this.#held.settledBy(operations)) {
      this.#forgotten.add(position);
    }
    this.#held.remove(operations);
  }
  // #endregion settle

  // #region replay
  async replay(): Promise<readonly Operation<string, V>[]> {
    this.#expectOpen();
    const found = await this.#inTurn(() => readEntries<V>(this.#database));
    expectIntact(this.#file, found, found.counts);
    const kept = found.located.filter(
      ({ position }) => !this.#forgotten.has(position),
    );
    for (const { position, operation } of kept) {
      this.#held.add(operation, position);
    }
    return kept.map(({ operation }) => operation);
  }

  async lastVersion(): Promise<number> {
    this.#expectOpen();
    const { counts } = this.#statements;
    const { lastVersion } = await this.#inTurn(async () => counts.get());
    return lastVersion;
  }
  // #endregion replay

  // #region close
  /** What was appended before is safe, and the file free for the next. */
  async close(): Promise<void> {
    this.#closing ??= this.#inTurn(async () => {
      try {
        if (this.#forgotten.size > 0) await this.#commit([]);
      } finally {
        this.#acknowledged.close();
        // It needs room on the disk as well, and the lock must not outlive it.
        try {
          await this.#database.exec(release);
        } finally {
          await this.#database.close();
        }
      }
    });
    await this.#closing;
  }
  // #endregion close

  #expectOpen(): void {
    if (this.#closing) throw new Error(`${this.#file} is closed`);
  }

  /** One after the other: they share one connection. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    const end = () => {};
    this.#turn = done.then(end, end);
    return done;
  }
}

/** 0 of none. They may be too many to be arguments. */
function highestOf(operations: readonly Settled<string>[]): number {
  return operations.reduce((highest, { version }) => {
    return Math.max(highest, version);
  }, 0);
}

interface Waiting<V> {
  readonly operation: Operation<string, V>;
  readonly entry: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function expectIntact<V>(
  file: string,
  { located, damage, counts }: Found<V>,
  acknowledged: Counts,
): void {
  if (damage.length === 0) return;
  const intact = located.map(({ operation }) => operation);
  const lastVersion = Math.max(
    counts.lastVersion,
    acknowledged.lastVersion,
    highestOf(intact),
  );
  throw new JournalDamagedError(file, { damage, intact, lastVersion });
}

/** Of anything else, the driver makes a database that is no file. */
function expectPath(file: string): void {
  const isPath =
    typeof file === 'string' && !/^(:memory:|\w{2,}:.*|)$/.test(file);
  if (!isPath) throw unexpected('file', 'a path', file);
}

function openFiles(file: string) {
  try {
    // SQLite gives a number where this says what is wrong.
    fs.accessSync(path.dirname(file), fs.constants.W_OK);
    const database = openSqlite(file);
    return { database, acknowledged: new Acknowledged(`${file}-acknowledged`) };
  } catch (error) {
    throw explain(`${file} cannot be opened`, error);
  }
}

function explain(what: string, error: unknown): Error {
  return new Error(`${what}: ${messageOf(error)}`, { cause: error });
}
