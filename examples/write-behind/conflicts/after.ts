import type { Clock } from '../../shared/clock.ts';
import { isMain } from '../../shared/main.ts';
import { lamp, type Product } from '../../shared/product.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Conflict, Decision } from './conflict.ts';
import { InMemoryVersionedTable } from './in-memory-versioned-table.ts';
import { MergingCache } from './merging-cache.ts';
import { type OpenShop, story } from './story.ts';

// #region decide
/** The lower price wins, and all else is for a person. */
export function lowerPrice(
  conflict: Conflict<string, Product>,
): Decision<Product> {
  const { fields, mine, theirs } = conflict;
  const isPrice = fields.join() === 'cents';
  if (!isPrice || !mine || !theirs) return 'give up';
  return mine.cents < theirs.cents ? 'mine' : 'theirs';
}
// #endregion decide

function shopThat(print: Print): OpenShop {
  return (clock, report) => {
    const table = new InMemoryVersionedTable<string, Product>({
      rows: [['lamp', lamp]],
      clock,
    });
    const open = (own: Clock) =>
      new MergingCache<string, Product>({
        table,
        clock: own,
        decide(conflict) {
          const decision = lowerPrice(conflict);
          const { fields, mine, theirs } = conflict;
          const what = fields.join(', ') || 'a deleted row';
          print(`  asked about ${what}: ${String(decision)}`);
          if (decision === 'mine') report(theirs);
          if (decision === 'theirs') report(mine);
          return decision;
        },
        onDeadLetter({ mine, theirs }) {
          const [own, found] = [mine, theirs?.value].map(
            (row) => row?.name ?? 'deleted',
          );
          print(`  dead letter: mine ${own}, theirs ${found}`);
          report(mine);
        },
      });
    return {
      open,
      changeFromElsewhere(patch) {
        const row = table.store.peek('lamp');
        table.change('lamp', { ...lamp, ...row, ...patch });
      },
      stored: () => table.store.peek('lamp'),
    };
  };
}

export function demo(print: Print): Promise<void> {
  return story(shopThat(print), print);
}

if (isMain('write-behind/conflicts/after')) {
  void demo(console.log);
}
