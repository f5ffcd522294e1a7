/** The strategies that write while their caller waits, for the referee. */
import { InMemoryCache } from '../shared/in-memory-cache.ts';
import { InMemoryBus } from '../strategies/cache-invalidation/in-memory-bus.ts';
import type { Invalidation } from '../strategies/cache-invalidation/invalidation-bus.ts';
import { type Strategy, strategies } from '../strategies/strategies.ts';
import type { CacheUnderTest, Candidate, Setting } from './candidate.ts';

export const strategyCandidates: readonly Candidate[] = strategies
  .filter(({ name }) => name !== 'write-behind')
  .map(candidateOf);

function candidateOf(strategy: Strategy): Candidate {
  return {
    name: `strategies/${strategy.name}`,
    isDurable: true,
    create: (setting) => processOf(strategy, setting),
  };
}

function processOf<V>(
  { create }: Strategy,
  { store, clock, disk, random }: Setting<V>,
): CacheUnderTest<V> {
  const cache = create<V>({
    store,
    cache: disk.open('cache', () => new InMemoryCache<string, V>({ clock })),
    bus: new InMemoryBus<Invalidation<string>>({ clock }),
    clock,
    random,
    onError: () => {},
  });
  return {
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    delete: (key) => cache.delete(key),
    flush: async () => {},
    close: () => cache.close(),
  };
}
