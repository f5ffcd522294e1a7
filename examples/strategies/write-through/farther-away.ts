import { type Clock, sleep } from '../../shared/clock.ts';
import type { SharedCache } from '../../shared/shared-cache.ts';

/** The same cache, for a process whose calls are longer on their way. */
export function fartherAway<K, V>(
  cache: SharedCache<K, V>,
  clock: Clock,
  ms: number,
): SharedCache<K, V> {
  return {
    async get(key) {
      await sleep(clock, ms);
      return cache.get(key);
    },
    async put(key, row, ttlMs) {
      await sleep(clock, ms);
      await cache.put(key, row, ttlMs);
    },
    async offer(key, row, ttlMs) {
      await sleep(clock, ms);
      await cache.offer(key, row, ttlMs);
    },
    async remove(key) {
      await sleep(clock, ms);
      await cache.remove(key);
    },
  };
}
