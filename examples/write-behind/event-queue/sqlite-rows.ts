/** Rows that keep their version, in SQLite. */
import Database from 'libsql';
import type { Operation, Store } from '../../shared/store.ts';

export class SqliteRows implements Store<string, number> {
  readonly #database: Database.Database;
  /** Operations that came, and those that changed a row. */
  readonly counts = { came: 0, changed: 0 };

  constructor(file: string) {
    this.#database = new Database(file);
    this.#database.exec(
      'CREATE TABLE IF NOT EXISTS readings ' +
        '(key TEXT PRIMARY KEY, value REAL, version INTEGER NOT NULL)',
    );
  }

  async read(key: string): Promise<number | undefined> {
    return this.all().get(key);
  }

  // #region write
  async write(batch: readonly Operation<string, number>[]): Promise<void> {
    const put = this.#database.prepare(`
      INSERT INTO readings (key, value, version) VALUES (?, ?, ?)
      ON CONFLICT (key) DO UPDATE
      SET value = excluded.value, version = excluded.version
      WHERE readings.version < excluded.version`);
    const putAll = this.#database.transaction(() => {
      for (const operation of batch) {
        const { key, version } = operation;
        // A row that is deleted keeps its version.
        const value = operation.type === 'set' ? operation.value : null;
        this.counts.came += 1;
        this.counts.changed += put.run(key, value, version).changes;
      }
    });
    putAll();
  }
  // #endregion write

  all(): Map<string, number> {
    const rows = this.#database
      .prepare('SELECT key, value FROM readings WHERE value IS NOT NULL')
      .all() as { readonly key: string; readonly value: number }[];
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  close(): void {
    this.#database.close();
  }
}
