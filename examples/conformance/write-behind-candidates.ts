import { InMemoryJournal } from '../shared/in-memory-journal.ts';
import { WriteBehindCache } from '../strategies/write-behind/write-behind-cache.ts';
import type { Candidate, Setting } from './candidate.ts';

/** The cache that the site teaches, as the setting wants it. */
export const writeBehind: Candidate = {
  name: 'strategies/write-behind',
  create: (setting) => new WriteBehindCache(setting),
};

// #region durable
/** The same, with a journal on the disk of the setting. */
export const writeBehindWithJournal: Candidate = {
  name: 'strategies/write-behind with a journal',
  isDurable: true,
  create<V>(setting: Setting<V>) {
    const journal = setting.disk.open(
      'journal',
      () => new InMemoryJournal<string, V>(),
    );
    return new WriteBehindCache<string, V>({ ...setting, journal });
  },
};
// #endregion durable
