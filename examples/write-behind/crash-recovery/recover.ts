/** What the next process does, whatever has become of the one before. */
import path from 'node:path';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { type Durability, openJournal, type Place } from './durability.ts';
import { ScoreStore } from './score-store.ts';

/** Returns how many operations it sent to the store. */
export async function recover(
  durability: Durability,
  place: Place,
): Promise<number> {
  const file = path.join(place.directory, 'scores.db');
  const store = new ScoreStore({ file });
  const journal = await openJournal(durability, place);
  // #region recover
  const cache = new WriteBehindCache<string, number>({
    store,
    ...(journal && { journal }),
  });
  await cache.flush();
  // #endregion recover
  const { persisted } = cache.stats();
  await cache.close();
  await journal?.close();
  store.close();
  return persisted;
}
