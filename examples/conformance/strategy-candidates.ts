/** The strategies that write while their caller waits, for the referee. */
import { type Clock, systemClock } from '../shared/clock.ts';
import { InMemoryCache } from '../shared/in-memory-cache.ts';
import { InMemoryBus } from '../strategies/cache-invalidation/in-memory-bus.ts';
import type { Invalidation } from '../strategies/cache-invalidation/invalidation-bus.ts';
import {
  type Strategy,
  type Surroundings,
  strategies,
} from '../strategies/strategies.ts';
import type {
  CacheUnderTest,
  Candidate,
  PromiseId,
  Setting,
} from './candidate.ts';

// #region exempt
/** What they do not promise, because their caller waits for the table. */
export const exempt = {
  P4: 'table-orders',
  P6: 'nothing-pending',
  P7: 'nothing-pending',
  P8: 'caller-hears',
  P10: 'no-time-limit',
  P12: 'waits-for-table',
} as const satisfies Partial<Record<PromiseId, string>>;
// #endregion exempt

export const strategyCandidates: readonly Candidate[] = strategies
  .filter(({ name }) => name !== 'write-behind')
  .map(strategyCandidate);

/** What it acknowledges is in the table, so a crash may come at any time. */
export function strategyCandidate(strategy: Strategy): Candidate {
  return {
    name: `strategies/${strategy.name}`,
    isDurable: true,
    exempt,
    create<V>(setting: Setting<V>): CacheUnderTest<V> {
      const cache = strategy.create(surroundingsIn(setting));
      return {
        get: (key) => cache.get(key),
        set: (key, value) => cache.set(key, value),
        delete: (key) => cache.delete(key),
        // Nothing that was acknowledged is on its way.
        flush: async () => {},
        close: () => cache.close(),
      };
    },
  };
}

function surroundingsIn<V>({
  store,
  clock,
  disk,
  random,
  maxEntries,
}: Setting<V>): Surroundings<V> {
  const cache = disk.open('cache', () => new LastingCache<V>(maxEntries));
  cache.clock.current = clock;
  const bus = new InMemoryBus<Invalidation<string>>({ clock });
  return { store, cache, bus, clock, random, onError: () => {} };
}

/** Outlives the process that has opened it, and that process's clock. */
class LastingCache<V> extends InMemoryCache<string, V> {
  readonly clock: ClockOfTheLiving;

  constructor(maxEntries: number) {
    const clock = new ClockOfTheLiving();
    super({ getMs: 1, setMs: 1, maxEntries, clock });
    this.clock = clock;
  }
}

class ClockOfTheLiving implements Clock {
  current: Clock = systemClock;

  now(): number {
    return this.current.now();
  }

  schedule(delayMs: number, task: () => void): () => void {
    return this.current.schedule(delayMs, task);
  }
}
