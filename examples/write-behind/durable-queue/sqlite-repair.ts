/** Goes on after damage, with all that is intact. */
import fs from 'node:fs';
import { JournalDamagedError } from './journal-damage.ts';
import { encode } from './journal-entry.ts';
import {
  openSqlite,
  parts,
  prepare,
  release,
  schema,
  transaction,
} from './sqlite-file.ts';
import { SqliteJournal, type SqliteJournalOptions } from './sqlite-journal.ts';

// #region repair
/**
 * Opens the journal. If it is damaged, `report` is told, a copy stays beside it
 * under the name `….damaged-…`, and a new one takes over what is intact.
 */
export async function openRepaired<V>(
  options: SqliteJournalOptions,
  report: (error: JournalDamagedError<V>) => Promise<void> | void,
): Promise<SqliteJournal<V>> {
  const { file } = options;
  finish(file);
  try {
    return await SqliteJournal.open<V>(options);
  } catch (error) {
    if (!(error instanceof JournalDamagedError)) throw error;
    await report(error);
    await rebuild(file, error);
    finish(file);
    return SqliteJournal.open<V>(options);
  }
}
// #endregion repair

// #region rebuild
/** The rename is the step that counts: a crash before it changes nothing. */
async function rebuild<V>(
  file: string,
  { intact, lastVersion }: JournalDamagedError<V>,
): Promise<void> {
  const draft = `${file}.repairing`;
  for (const part of parts) fs.rmSync(draft + part, { force: true });
  const database = openSqlite(draft);
  await database.exec(schema);
  const { insert, count } = await prepare(database);
  await transaction(database, async () => {
    await count.get(intact.length, lastVersion);
    let position = 0;
    for (const operation of intact) {
      await insert.run(++position, encode(operation));
    }
  });
  await database.exec(release);
  await database.close();
  fs.renameSync(draft, `${file}.repaired`);
}

/** May be repeated, until the repaired one is in its place. */
function finish(file: string): void {
  const repaired = `${file}.repaired`;
  if (!fs.existsSync(repaired)) return;
  for (const part of parts.filter((part) => part !== '')) {
    fs.rmSync(file + part, { force: true });
  }
  fs.renameSync(repaired, file);
}
// #endregion rebuild
