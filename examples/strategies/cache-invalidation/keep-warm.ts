import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import { Random } from '../../shared/random.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryBus } from './in-memory-bus.ts';
import type { Invalidation } from './invalidation-bus.ts';
import { TaggedCache } from './tagged-cache.ts';

export interface Counts {
  readonly reads: number;
  readonly writes: number;
  readonly loads: number;
}

/** Reads and writes of ten products by chance, as many as the ratio says. */
export async function measure(
  keepWarm: boolean,
  readsPerWrite: number,
): Promise<Counts> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<number, number>({ clock });
  const cache = new TaggedCache({
    table: store,
    bus: new InMemoryBus<Invalidation<number>>({ clock }),
    onBusError: console.error,
    keepWarm,
    clock,
  });
  for (let id = 0; id < 10; id += 1) await cache.get(id);
  const { reads: first } = store.counts();

  const chance = new Random(1);
  const random = () => chance.fraction();
  const counts = { reads: 0, writes: 0 };
  while (counts.reads + counts.writes < 20_000) {
    const id = Math.floor(random() * 10);
    if (random() * (readsPerWrite + 1) < readsPerWrite) {
      counts.reads += 1;
      await cache.get(id);
    } else {
      counts.writes += 1;
      await cache.set(id, counts.writes);
    }
  }
  return { ...counts, loads: store.counts().reads - first };
}

/** What a write costs in all, counted in cache writes. A removal is free. */
export interface Work {
  readonly keep: number;
  /** As well, where the writer must load the value in order to keep it. */
  readonly keepLoaded: number;
  readonly remove: number;
}

export function work(kept: Counts, removed: Counts, loadCost: number): Work {
  const refill = loadCost + 1;
  return {
    keep: 1 + (kept.loads * refill) / kept.writes,
    keepLoaded: refill + (kept.loads * refill) / kept.writes,
    remove: (removed.loads * refill) / removed.writes,
  };
}

const ratios = [0.01, 0.1, 1, 10, 100];
const loadCosts = [1, 10, 100];

export async function demo(print: Print): Promise<void> {
  print('work per write, in cache writes; r: reads per write;');
  print('waiting: reads that wait for a load after a removal');
  for (const loadCost of loadCosts) {
    print('');
    print(`a load costs ${loadCost}`);
    print('     r     keep   remove   load and keep   waiting');
    for (const ratio of ratios) {
      const kept = await measure(true, ratio);
      const removed = await measure(false, ratio);
      const { keep, remove, keepLoaded } = work(kept, removed, loadCost);
      const waiting = (100 * removed.loads) / removed.reads;
      print(
        String(ratio).padStart(6) +
          keep.toFixed(2).padStart(9) +
          remove.toFixed(2).padStart(9) +
          keepLoaded.toFixed(2).padStart(16) +
          `${waiting.toFixed(0)}%`.padStart(10),
      );
    }
  }
}

if (isMain('strategies/cache-invalidation/keep-warm')) {
  void demo(console.log);
}
