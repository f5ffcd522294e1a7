import { expect, test } from 'vitest';
import { InMemoryCounterJournal } from '../../write-behind/counters/in-memory-counter-journal.ts';
import { InMemoryCounterStore } from '../../write-behind/counters/in-memory-counter-store.ts';
import { openDownloads, settings } from './counters.ts';
import { startedAt } from './processes.ts';

function fail(error: unknown): void {
  throw error;
}

test('two servers count one file', async () => {
  const store = new InMemoryCounterStore();
  const clock = await startedAt(0);
  const servers = [1, 2].map(() => openDownloads(store, clock, fail));
  for (let download = 0; download < 100; download += 1) {
    await servers[download % 2]?.add('guide.pdf');
  }
  await clock.advance(settings.windowMs);
  expect(store.count('guide.pdf')).toBe(100);
});

// #region crash
test('a crash costs a window, and nothing with a journal', async () => {
  const countAfterCrash = async (journal?: InMemoryCounterJournal) => {
    const store = new InMemoryCounterStore();
    const before = await startedAt(0);
    const downloads = openDownloads(store, before, fail, journal);
    await before.advance(0);
    for (let download = 0; download < 55; download += 1) {
      await downloads.add('guide.pdf');
      await before.advance(100);
    }
    const after = await startedAt(60_000);
    const next = openDownloads(store, after, fail, journal);
    await after.until(next.flush());
    return store.count('guide.pdf');
  };
  const perWindow = settings.windowMs / 100;
  const count = await countAfterCrash();
  expect(count).toBeLessThan(55);
  expect(count).toBeGreaterThanOrEqual(55 - perWindow);
  expect(await countAfterCrash(new InMemoryCounterJournal())).toBe(55);
});
// #endregion crash
