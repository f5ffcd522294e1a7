import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import { type Product, spareParts } from '../../shared/product.ts';
import { Random } from '../../shared/random.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryBus } from './in-memory-bus.ts';
import type { Invalidation } from './invalidation-bus.ts';
import { TaggedCache } from './tagged-cache.ts';

export interface Stampede {
  /** The most loads within one second, once the cache is filled. */
  readonly worstSecond: number;
  /** Loads in all seconds together. */
  readonly loads: number;
}

/** Fills a cache at once, and reads each entry once a second for 20 minutes. */
export async function measure(jitter: number): Promise<Stampede> {
  const clock = new VirtualClock();
  const rows = spareParts(1000).map((row) => [row.id, row] as const);
  const store = new InMemoryStore<string, Product>({ rows, clock });
  const chance = new Random(1);
  const cache = new TaggedCache({
    table: store,
    bus: new InMemoryBus<Invalidation<string>>({ clock }),
    onBusError: console.error,
    ttlMs: 60_000,
    jitter,
    clock,
    random: () => chance.fraction(),
  });
  const readAll = async () => {
    const { reads } = store.counts();
    await Promise.all(rows.map(([id]) => cache.get(id)));
    return store.counts().reads - reads;
  };

  await readAll();
  const seconds: number[] = [];
  while (seconds.length < 1200) {
    await clock.advance(1000);
    seconds.push(await readAll());
  }
  const loads = seconds.reduce((sum, second) => sum + second, 0);
  return { worstSecond: Math.max(...seconds), loads };
}

export async function demo(print: Print): Promise<void> {
  print('1,000 entries filled at once, each read once a second');
  print('they end after 60 s, or by so much earlier:');
  print('');
  print('jitter   loads in the worst second   loads a minute');
  for (const jitter of [0, 0.1, 0.2, 0.5]) {
    const { worstSecond, loads } = await measure(jitter);
    const worst = String(worstSecond).padStart(27);
    const perMinute = (loads / 20).toFixed(0).padStart(17);
    print(`${`${jitter * 100}%`.padStart(6)}${worst}${perMinute}`);
  }
}

if (isMain('strategies/cache-invalidation/jitter')) {
  void demo(console.log);
}
