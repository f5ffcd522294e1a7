import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { RedisListJournal } from './redis-list-journal.ts';
import { story } from './story.ts';

export function demo(print: Print): Promise<void> {
  return story(
    'moved',
    (url, list) => RedisListJournal.open<string>({ url, list }),
    async (journal) => {
      const store = new InMemoryStore<string, string>();
      // #region third
      const cache = new WriteBehindCache({ store, journal });
      await cache.flush();
      // #endregion third
      print(
        `the third process stores ${store.entries().length}:`,
      );
      for (const [user, page] of store.entries())
        print(`  ${user} ${page}`);
      await cache.close();
      const left = await journal.replay();
      print(`and leaves ${left.length} in the queue`);
    },
    print,
  );
}

if (isMain('write-behind/durable-queue/after')) {
  void demo(console.log);
}
