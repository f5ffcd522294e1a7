import { lamp, type Product } from '../../shared/product.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { Combine, WriteChanges } from './change.ts';
import { ChangeTable } from './change-table.ts';
import { addedCounts, lastValue, mergedFields } from './forms.ts';

export interface Queue<C> {
  add(key: string, change: C): void;
  flush(): Promise<void>;
}

export type OpenQueue = <C>(
  combine: Combine<C>,
  write: WriteChanges<string, C>,
  clock: VirtualClock,
) => Queue<C>;

/** The same queue, with each of the three forms. */
export async function story(open: OpenQueue, print: Print): Promise<void> {
  function setUp<R, C>(
    combine: Combine<C>,
    apply: (row: R | undefined, change: C) => R,
    first?: R,
  ) {
    const clock = new VirtualClock();
    const table = new ChangeTable<R, C>({
      rows: first === undefined ? [] : [['lamp', first]],
      writeMs: 20,
      clock,
      apply,
    });
    const queue = open(combine, (batch) => table.write(batch), clock);
    const change = (...changes: readonly C[]) => {
      for (const one of changes) queue.add('lamp', one);
    };
    /** More changes come when the first ones are on their way. */
    const write = async (...meanwhile: readonly C[]) => {
      const flushed = queue.flush();
      await clock.advance(10);
      change(...meanwhile);
      await clock.until(flushed);
    };
    const row = () => table.store.peek('lamp');
    const rows = () => table.store.counts().rows;
    return { clock, table, queue, change, write, row, rows };
  }

  print('last value: three prices, and one while they are written');
  const price = setUp<number, number>(lastValue, last);
  price.change(4900, 4700, 4500);
  await price.write(4300);
  await price.write();
  print(`  rows ${price.rows()}, the price is ${price.row()}`);

  print('merged fields: a name, and a category while it is written');
  const fields = setUp<Product, Partial<Product>>(
    mergedFields,
    (row = lamp, patch) => ({ ...row, ...patch }),
    lamp,
  );
  fields.change({ name: 'Lamp' });
  await fields.write({ category: 'desks' });
  print('  another program then names it Bright lamp');
  fields.table.changeFromElsewhere('lamp', { name: 'Bright lamp' });
  await fields.write();
  const { name, category } = fields.row() ?? lamp;
  print(`  the row: ${name}, ${category}`);

  print('added counts: 3 views, and 2 while they are written');
  const views = setUp<number, number>(addedCounts, plus);
  views.change(1, 1, 1);
  await views.write(1, 1);
  await views.write();
  print(`  views 5, stored ${views.row()}`);

  print('added counts: 3 views, whose confirmation is lost');
  const lost = setUp<number, number>(addedCounts, plus);
  lost.change(1, 1, 1);
  lost.table.store.loseNextAnswers(new Error('connection reset'));
  await lost.write().catch(() => {});
  await lost.write();
  print(`  views 3, stored ${lost.row()}`);
}

function last<V>(_row: V | undefined, value: V): V {
  return value;
}

function plus(row = 0, count: number): number {
  return row + count;
}
