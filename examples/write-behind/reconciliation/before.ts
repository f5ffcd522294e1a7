import { isDeepStrictEqual } from 'node:util';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { type Shop, story } from './story.ts';

// #region compare
export async function compare(shop: Shop): Promise<string[]> {
  const { cache, store } = shop;
  const drifted: string[] = [];
  let from: string | undefined;
  do {
    const { rows, next } = await cache.page(100, from);
    const stored = await store.lookUp([...rows.keys()]);
    for (const [key, cached] of rows) {
      const right = stored.get(key);
      // #region bug
      if (isDeepStrictEqual(cached.value, right?.value)) {
        continue;
      }
      drifted.push(key);
      // The store is the system of record, so it is right.
      cache.put(key, right);
      // #endregion bug
    }
    from = next;
  } while (from !== undefined);
  return drifted;
}
// #endregion compare

export function demo(print: Print): Promise<void> {
  return story(compare, print);
}

if (isMain('write-behind/reconciliation/before')) {
  void demo(console.log);
}
