import type { Clock } from '../../shared/clock.ts';
import { describeProduct, lamp, type Product } from '../../shared/product.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

/** A process with a write-behind cache of its own. */
export interface Node {
  update(
    id: string,
    change: (current: Product | undefined) => Product | undefined,
  ): Promise<unknown>;
  flush(): Promise<void>;
}

export interface Shop {
  open(clock: Clock): Node;
  /** By a program that writes to the database directly. */
  changeFromElsewhere(patch: Partial<Product>): void;
  stored(): Product | undefined;
}

/** Says which values are not in the row because somebody decided so. */
export type Report = (overridden: Product | undefined) => void;
export type OpenShop = (clock: Clock, report: Report) => Shop;

/** Undefined deletes the lamp. */
type Change = Partial<Product> | undefined;

/** Two nodes and a program change one lamp. */
export async function story(open: OpenShop, print: Print): Promise<void> {
  function begin(title: string, tokyoAheadMs = 0) {
    print(title);
    const clock = new VirtualClock();
    const reported: unknown[] = [];
    const report: Report = (overridden) => {
      reported.push(...Object.values(overridden ?? { row: 'the delete' }));
    };
    const shop = open(clock, report);
    const nodes = {
      hanoi: shop.open(clock),
      tokyo: shop.open(aheadBy(clock, tokyoAheadMs)),
    };
    const made: { readonly who: string; readonly what: Change }[] = [];
    const change = async (who: keyof typeof nodes, what: Change) => {
      made.push({ who, what });
      await clock.until(
        nodes[who].update(
          'lamp',
          (current) => what && { ...lamp, ...current, ...what },
        ),
      );
    };
    const elsewhere = (what: Partial<Product>) => {
      made.push({ who: 'the program', what });
      shop.changeFromElsewhere(what);
    };
    const flush = async (...names: readonly (keyof typeof nodes)[]) => {
      for (const name of names) await clock.until(nodes[name].flush());
    };
    const end = async () => {
      const row = shop.stored();
      const text = row && (await describeProduct(Promise.resolve(row)));
      print(`  the row: ${row ? `${text}, ${row.category}` : 'none'}`);
      const held: unknown[] = row ? Object.values(row) : ['the delete'];
      for (const { who, what } of made) {
        for (const value of what ? Object.values(what) : ['the delete']) {
          if (held.includes(value) || reported.includes(value)) continue;
          print(`  lost without a word: ${value}, of ${who}`);
        }
      }
    };
    return { clock, change, elsewhere, flush, end };
  }

  const skew = begin(
    "tokyo's clock is 2 s ahead; hanoi comes a second later",
    2000,
  );
  await skew.change('tokyo', { name: 'Black lamp' });
  await skew.flush('tokyo');
  await skew.clock.advance(1000);
  await skew.change('hanoi', { cents: 4500 });
  await skew.flush('hanoi');
  await skew.end();

  const fields = begin('right clocks; hanoi sets the price, tokyo the name');
  await fields.change('hanoi', { cents: 4500 });
  await fields.clock.advance(100);
  await fields.change('tokyo', { name: 'Black lamp' });
  await fields.flush('hanoi', 'tokyo');
  await fields.end();

  const program = begin('a program sets the category, hanoi the price');
  await program.clock.advance(100);
  await program.change('hanoi', { cents: 4500 });
  program.elsewhere({ category: 'desks' });
  await program.flush('hanoi');
  await program.end();

  const price = begin('both set the price');
  await price.change('hanoi', { cents: 4500 });
  await price.change('tokyo', { cents: 4700 });
  await price.flush('hanoi', 'tokyo');
  await price.end();

  const names = begin('both set the name');
  await names.change('hanoi', { name: 'Lamp, black' });
  await names.change('tokyo', { name: 'Black lamp' });
  await names.flush('hanoi', 'tokyo');
  await names.end();

  const gone = begin('hanoi deletes the lamp, tokyo sets the price');
  await gone.change('hanoi', undefined);
  await gone.change('tokyo', { cents: 4700 });
  await gone.flush('hanoi', 'tokyo');
  await gone.end();
}

function aheadBy(clock: Clock, ms: number): Clock {
  return {
    now: () => clock.now() + ms,
    schedule: (delayMs, task) => clock.schedule(delayMs, task),
  };
}
