import type { Clock } from '../shared/clock.ts';

/** `setInterval` on a clock. Returns what ends it. */
export function every(clock: Clock, ms: number, task: () => void): () => void {
  let cancel = clock.schedule(ms, tick);
  function tick() {
    cancel = clock.schedule(ms, tick);
    task();
  }
  return () => cancel();
}
