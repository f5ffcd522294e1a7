import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

/**
 * The clock of a process that starts so late. A process whose clock is moved no
 * more is dead: nothing of it happens any more, and its memory is gone.
 */
export async function startedAt(ms: number): Promise<VirtualClock> {
  const clock = new VirtualClock();
  await clock.advance(ms);
  return clock;
}

/** Outlives them all; takes no time, so that no clock of theirs is in it. */
export function databaseOf<V>(
  rows: Iterable<readonly [string, V]> = [],
): InMemoryStore<string, V> {
  return new InMemoryStore({ rows });
}
