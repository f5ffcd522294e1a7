import Database from 'libsql';
import { noteVersion } from '../../services/versions.ts';

/** It is part of the driver, and no server that would print its version. */
export function noteSqlite(): void {
  const database = new Database(':memory:');
  const row: unknown = database
    .prepare("SELECT 'SQLite ' || sqlite_version() AS version")
    .get();
  database.close();
  const { version } = row as { readonly version: string };
  noteVersion(version, /^(?<name>SQLite) (?<version>.+)$/);
}
