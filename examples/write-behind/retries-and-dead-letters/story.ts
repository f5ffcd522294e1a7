import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

export interface Shop {
  readonly cache: WriteBehindCache<string, number>;
  /** What was given up, a line each. */
  letters(): readonly string[];
  replay(): Promise<unknown>;
}

export type OpenShop = (
  prices: Store<string, number>,
  clock: VirtualClock,
) => Shop;

/** Prices in a database that is down for a while, and has a rule. */
export class PriceTable implements Store<string, number> {
  isDown = false;
  readonly rows: InMemoryStore<string, number>;

  constructor(clock: VirtualClock) {
    this.rows = new InMemoryStore({ writeMs: 20, clock });
  }

  read(id: string): Promise<number | undefined> {
    return this.rows.read(id);
  }

  /** A transaction: all of the batch, or nothing. */
  async write(batch: readonly Operation<string, number>[]): Promise<void> {
    if (this.isDown) throw new DatabaseError('ECONNREFUSED', 'refused');
    if (batch.some((one) => one.type === 'set' && one.value < 0)) {
      throw new DatabaseError('23514', 'price_check');
    }
    await this.rows.write(batch);
  }
}

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The same outage, and a replay while the shop goes on selling. */
export async function story(open: OpenShop, print: Print): Promise<void> {
  const clock = new VirtualClock();
  const table = new PriceTable(clock);
  const shop = open(table, clock);
  const { cache } = shop;
  const tell = (what: string) =>
    print(`${String(clock.now()).padStart(5)} ms  ${what}`);
  const showLetters = () => {
    for (const letter of shop.letters()) print(`          ${letter}`);
  };

  table.isDown = true;
  tell('the database goes down: lamp 49, chair 129, kettle 35');
  await cache.set('lamp', 49);
  await cache.set('chair', 129);
  await cache.set('kettle', 35);
  await clock.advance(4000);
  table.isDown = false;
  tell('it is back; rug -5 comes, which its rule forbids');
  await cache.set('rug', -5);
  await clock.advance(4000);
  tell('the dead letters:');
  showLetters();

  await cache.set('lamp', 45);
  await clock.until(cache.flush());
  tell('a newer price is stored: lamp 45');
  await cache.set('chair', 119);
  tell('a newer price is pending: chair 119; the replay begins');
  const replayed = shop.replay();
  await clock.advance(10);
  await cache.set('kettle', 30);
  tell('a newer price comes during the replay: kettle 30');
  await clock.until(replayed);
  await clock.until(cache.flush());
  tell('the replay is over, and all is flushed');

  const wanted = { lamp: 45, chair: 119, kettle: 30 };
  for (const [id, price] of Object.entries(wanted)) {
    const stored = table.rows.peek(id);
    const verdict = stored === price ? '' : '  WRONG';
    print(`          ${id}: ${price} is wanted, ${stored} stored${verdict}`);
  }
  tell('the dead letters that are left:');
  showLetters();
}
