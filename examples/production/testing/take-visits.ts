import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { FileJournal } from './file-journal.ts';

// #region take-visits
/** Takes visits, and says so, until its process is killed. */
export async function takeVisits(file: string): Promise<never> {
  const sessions = new WriteBehindCache<string, string>({
    // The database is down: only the journal has what is acknowledged.
    store: {
      read: async () => undefined,
      write: () => new Promise(() => {}),
    },
    journal: new FileJournal(file),
  });
  for (let guest = 1; ; guest++) {
    await sessions.set(`guest-${guest}`, '/home');
    process.stdout.write(`guest-${guest}\n`);
  }
}
// #endregion take-visits
