import { setTimeout as sleep } from 'node:timers/promises';
import { processorTime } from './cost-clock.ts';

/** Bytes of all that is alive. */
export function bytesInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/**
 * Resolves when nothing is left of what was done before: no garbage, and no
 * thread that still sweeps it, for which the next run would have to pay.
 */
export async function settle(): Promise<void> {
  collectGarbage();
  for (let patience = 50; patience > 0; patience -= 1) {
    const begin = processorTime();
    await sleep(4);
    if (processorTime() - begin < 0.4) return;
  }
}

/** Needs `node --expose-gc`. */
function collectGarbage(): void {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('expected node --expose-gc');
  // What the first finds dead may have kept others from being found.
  gc();
  gc();
}
