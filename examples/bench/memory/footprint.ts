import { bytesInUse } from '../harness/garbage.ts';
import type { Make } from './kinds.ts';
import type { Holder } from './states.ts';

/** Bytes for each of so many, with those that lie outside of the heap. */
export async function bytesOfOne(
  holder: Holder,
  count: number,
  make: Make,
): Promise<number> {
  const before = bytesAlive();
  await holder.fill(make);
  const after = bytesAlive();
  // Asked last, so that the holder is alive until then.
  if (holder.held() !== count) {
    throw new Error(`expected ${count}, and it holds ${holder.held()}`);
  }
  return (after - before) / count;
}

function bytesAlive(): number {
  const inHeap = bytesInUse();
  return inHeap + process.memoryUsage().external;
}
