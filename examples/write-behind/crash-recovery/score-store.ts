/** The system of record behind the caches of this page: a file of SQLite. */
import Database from 'libsql';
import type { Operation, Store } from '../../shared/store.ts';

export interface ScoreStoreOptions {
  readonly file: string;
  /** Called in the middle of each transaction: all is written, none is kept. */
  readonly beforeCommit?: () => void;
}

export interface ScoreRow {
  readonly score: number;
  readonly version: number;
}

export class ScoreStore implements Store<string, number> {
  readonly #database: Database.Database;
  readonly #beforeCommit: () => void;
  readonly #upsert: Database.Statement;
  readonly #one: Database.Statement;
  readonly #all: Database.Statement;

  constructor({ file, beforeCommit = () => {} }: ScoreStoreOptions) {
    this.#database = new Database(file);
    this.#database.exec(schema);
    this.#upsert = this.#database.prepare(upsert);
    this.#one = this.#database.prepare(one);
    this.#all = this.#database.prepare(all);
    this.#beforeCommit = beforeCommit;
  }

  async read(player: string): Promise<number | undefined> {
    const row = this.#one.get(player) as { readonly score: number } | undefined;
    return row?.score;
  }

  async write(batch: readonly Operation<string, number>[]): Promise<void> {
    const writeAll = this.#database.transaction(() => {
      for (const operation of batch) {
        const score = operation.type === 'set' ? operation.value : null;
        this.#upsert.run(operation.key, score, operation.version);
      }
      this.#beforeCommit();
    });
    writeAll();
  }

  /** Of each player who has one. */
  rows(): ReadonlyMap<string, ScoreRow> {
    const rows = this.#all.all() as PlayerRow[];
    return new Map(rows.map(({ player, ...row }) => [player, row]));
  }

  close(): void {
    this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

interface PlayerRow extends ScoreRow {
  readonly player: string;
}

// #region sql
const schema = `
  PRAGMA busy_timeout = 10000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS scores (
    player TEXT PRIMARY KEY,
    score INTEGER,
    version INTEGER NOT NULL
  ) STRICT`;

/** A deleted score leaves its version: an older write must not come back. */
const upsert = `
  INSERT INTO scores (player, score, version) VALUES (?, ?, ?)
  ON CONFLICT (player) DO UPDATE
    SET score = excluded.score, version = excluded.version
    WHERE excluded.version > scores.version`;

const one = `
  SELECT score FROM scores WHERE player = ? AND score IS NOT NULL`;

const all = `
  SELECT player, score, version FROM scores WHERE score IS NOT NULL`;
// #endregion sql
