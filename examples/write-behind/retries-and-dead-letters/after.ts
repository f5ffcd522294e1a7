import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { DeadLetters } from './dead-letters.ts';
import { markPermanent } from './error-kind.ts';
import { InMemoryShelf } from './in-memory-shelf.ts';
import { type OpenShop, story } from './story.ts';

export const openShop: OpenShop = (table, clock) => {
  // #region shop
  const deadLetters = new DeadLetters<string, number>({
    store: markPermanent(table),
    shelf: new InMemoryShelf(),
    letters: [],
    clock,
  });
  const cache = new WriteBehindCache({
    // #region mend
    store: deadLetters.store,
    // #endregion mend
    clock,
    random: () => 0.5,
    onDeadLetter: (letter) => deadLetters.take(letter),
  });

  const replay = () => deadLetters.replay();
  // #endregion shop

  const lines = () =>
    deadLetters
      .list()
      .map(({ key, attempts, kind, reason }) => {
        return `${key}: attempts ${attempts}, ${kind}, ${reason}`;
      });
  return { cache, letters: lines, replay };
};

export function demo(print: Print): Promise<void> {
  return story(openShop, print);
}

if (isMain('write-behind/retries-and-dead-letters/after')) {
  void demo(console.log);
}
