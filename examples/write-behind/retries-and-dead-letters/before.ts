import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import {
  type DeadLetter,
  WriteBehindCache,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { type OpenShop, story } from './story.ts';

export const openShop: OpenShop = (store, clock) => {
  // #region shop
  const letters: DeadLetter<string, number>[] = [];
  const cache = new WriteBehindCache({
    store,
    clock,
    random: () => 0.5,
    onDeadLetter: (letter) => void letters.push(letter),
  });

  async function replay(): Promise<void> {
    // #region bug
    for (const { operation } of letters.splice(0)) {
      if (operation.type === 'delete') {
        await cache.delete(operation.key);
      } else {
        await cache.set(operation.key, operation.value);
      }
      await cache.flush();
    }
    // #endregion bug
  }
  // #endregion shop

  const lines = () =>
    letters.map(({ operation, attempts, error }) => {
      return `${operation.key}: attempts ${attempts}, ${error}`;
    });
  return { cache, letters: lines, replay };
};

export function demo(print: Print): Promise<void> {
  return story(openShop, print);
}

if (isMain('write-behind/retries-and-dead-letters/before')) {
  void demo(console.log);
}
