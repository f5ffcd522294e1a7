import { longestDelayMs } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import { Random } from '../../shared/random.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { SweptCache } from './swept-cache.ts';

// #region triggers
const never = { intervalMs: longestDelayMs, threshold: 10_000 };

export const triggers = {
  interval: { ...never, intervalMs: 1000 },
  threshold: { ...never, threshold: 100 },
  both: { intervalMs: 1000, threshold: 100 },
};
// #endregion triggers

/** How many changes come, of how many keys. */
export const loads = {
  'a trickle': { changes: 2, everyMs: 1000, keys: 10_000 },
  'a stream': { changes: 5, everyMs: 10, keys: 10_000 },
  'hot keys': { changes: 5, everyMs: 10, keys: 50 },
  'a burst': { changes: 5000, everyMs: 10_000, keys: 10_000 },
};

export interface Observed {
  /** Calls of `store.write`. */
  readonly calls: number;
  readonly rows: number;
  /** Milliseconds from a change to its row, at most. */
  readonly oldestMs: number;
  /** Changes that a crash would have taken along, at most. */
  readonly mostUnsaved: number;
}

/** A minute of changes, in virtual time. */
export async function observe(
  load: keyof typeof loads,
  trigger: keyof typeof triggers,
): Promise<Observed> {
  const { changes, everyMs, keys } = loads[load];
  const clock = new VirtualClock();
  const rows = new InMemoryStore<number, number>({ writeMs: 20, clock });
  const unsaved = new Unsaved();
  const cache = new SweptCache<number, number>({
    ...triggers[trigger],
    clock,
    store: {
      read: (key) => rows.read(key),
      async write(batch) {
        await rows.write(batch);
        unsaved.remove(batch, clock.now());
      },
    },
  });
  const random = new Random(1);
  while (clock.now() < 60_000) {
    for (let change = 0; change < changes; change += 1) {
      const key = random.between(1, keys);
      await cache.set(key, unsaved.add(key, clock.now()));
    }
    await clock.advance(everyMs);
  }
  const { oldestMs, most } = unsaved.upTo(clock.now());
  const { writes, rows: written } = rows.counts();
  return { calls: writes, rows: written, oldestMs, mostUnsaved: most };
}

/** The changes that the store does not have, each with a number. */
class Unsaved {
  readonly #changes = new Map<number, Map<number, number>>();
  #count = 0;
  #size = 0;
  #most = 0;
  #oldestMs = 0;

  /** The number of the change is its value. */
  add(key: number, now: number): number {
    const ofKey = this.#changes.get(key) ?? new Map<number, number>();
    this.#count += 1;
    this.#changes.set(key, ofKey.set(this.#count, now));
    this.#size += 1;
    this.#most = Math.max(this.#most, this.#size);
    return this.#count;
  }

  remove(batch: readonly Operation<number, number>[], now: number): void {
    for (const operation of batch) {
      if (operation.type === 'delete') continue;
      const ofKey = this.#changes.get(operation.key) ?? new Map();
      for (const [change, madeAt] of ofKey) {
        if (change > operation.value) break;
        this.#oldestMs = Math.max(this.#oldestMs, now - madeAt);
        ofKey.delete(change);
        this.#size -= 1;
      }
    }
  }

  /** With those that are unsaved still. */
  upTo(now: number): { oldestMs: number; most: number } {
    const left = [...this.#changes.values()].flatMap((ofKey) => [
      ...ofKey.values(),
    ]);
    const oldestMs = left.reduce(
      (oldest, madeAt) => Math.max(oldest, now - madeAt),
      this.#oldestMs,
    );
    return { oldestMs, most: this.#most };
  }
}

export async function demo(print: Print): Promise<void> {
  print('                        calls    rows   oldest   unsaved');
  for (const load of keysOf(loads)) {
    print(load);
    for (const trigger of keysOf(triggers)) {
      const seen = await observe(load, trigger);
      const oldest = `${(seen.oldestMs / 1000).toFixed(2)} s`;
      print(
        [
          `  by ${trigger}`.padEnd(21),
          String(seen.calls).padStart(8),
          String(seen.rows).padStart(8),
          oldest.padStart(9),
          String(seen.mostUnsaved).padStart(10),
        ].join(''),
      );
    }
  }
}

function keysOf<T extends object>(record: T): (keyof T & string)[] {
  return Object.keys(record) as (keyof T & string)[];
}

if (isMain('write-behind/dirty-bit/triggers')) void demo(console.log);
