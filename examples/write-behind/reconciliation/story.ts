import { isDeepStrictEqual } from 'node:util';
import { type Product, spareParts } from '../../shared/product.ts';
import { Random } from '../../shared/random.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { InMemorySide } from './in-memory-side.ts';
import { copiesIn } from './shared-copies.ts';

/** What a comparer is given. */
export interface Shop {
  readonly cache: InMemorySide<Product>;
  readonly store: InMemorySide<Product>;
  readonly isPending: (key: string) => boolean;
  readonly clock: VirtualClock;
}

/** Resolves with the keys that it calls drift. */
export type Comparer = (shop: Shop, print: Print) => Promise<string[]>;

/** A shop in full swing, of which some rows have drifted before. */
export async function story(comparer: Comparer, print: Print): Promise<void> {
  const clock = new VirtualClock();
  const cache = new InMemorySide<Product>({ latencyMs: 1, clock });
  const store = new InMemorySide<Product>({ latencyMs: 5, clock });
  const products = spareParts(1000);
  for (const product of products) {
    cache.put(product.id, { value: product, version: 0 });
    store.put(product.id, { value: product, version: 0 });
  }
  const { lost, bypassed } = await letDrift({ cache, store, clock, products });
  const drifted = new Set([...lost.keys(), ...bypassed]);

  // #region service
  const journal = copiesIn<Product>(cache);
  const writes = new WriteBehindCache({ store, journal, clock });
  const isPending = (key: string) =>
    ['pending', 'writing'].includes(writes.status(key));
  // #endregion service

  const untouched = products.filter(({ id }) => !drifted.has(id));
  const stop = changePrices(untouched, writes, clock);
  await clock.advance(2500);
  const shop = { cache, store, isPending, clock };
  const called = await clock.until(comparer(shop, print));
  stop();
  await clock.advance(100);
  await clock.until(writes.close());

  const real = called.filter((key) => drifted.has(key)).length;
  const differ = products.filter(
    ({ id }) => !isDeepStrictEqual(cache.row(id)?.value, store.row(id)?.value),
  );
  const gone = [...lost].filter(([id, row]) => cache.row(id)?.value !== row);
  print('called drift');
  print(`${pad(real)} of the ${drifted.size} keys that have drifted`);
  print(`${pad(called.length - real)} keys with a write on its way`);
  print('when all writes have arrived');
  print(`${pad(differ.length)} keys differ`);
  print(`${pad(gone.length)} acknowledged changes are nowhere any more`);
}

interface Drifting extends Omit<Shop, 'isPending'> {
  readonly products: readonly Product[];
}

async function letDrift({ cache, store, clock, products }: Drifting) {
  /** What was acknowledged: undefined is a delete. */
  const lost = new Map<string, Product | undefined>();
  const bypassed: string[] = [];
  // #region drift
  // A process dies with 22 acknowledged writes: its clock never moves.
  const journal = copiesIn<Product>(cache);
  const dying = new WriteBehindCache({
    ...{ store, journal },
    clock: new VirtualClock(),
  });
  for (const product of products.slice(0, 20)) {
    const cheaper = { ...product, cents: 450 };
    await clock.until(dying.set(product.id, cheaper));
    lost.set(product.id, cheaper);
  }
  for (const { id } of products.slice(20, 22)) {
    await clock.until(dying.delete(id));
    lost.set(id, undefined);
  }
  // A migration goes past the cache, and raises the versions.
  for (const product of products.slice(22, 29)) {
    const value = { ...product, category: 'hardware' };
    store.put(product.id, { value, version: 1 });
    bypassed.push(product.id);
  }
  // Somebody mends a row by hand, and forgets the version.
  for (const product of products.slice(29, 30)) {
    store.put(product.id, { value: { ...product, cents: 510 }, version: 0 });
    bypassed.push(product.id);
  }
  // #endregion drift
  return { lost, bypassed };
}

/** A hundred prices change a second, until it is told to stop. */
function changePrices(
  products: readonly Product[],
  writes: WriteBehindCache<string, Product>,
  clock: VirtualClock,
): () => void {
  const random = new Random(1);
  let cancel = () => {};
  const change = () => {
    const product = random.pick(products);
    void writes.set(product.id, { ...product, cents: random.between(1, 999) });
    cancel = clock.schedule(10, change);
  };
  change();
  return () => cancel();
}

function pad(count: number): string {
  return String(count).padStart(5);
}
