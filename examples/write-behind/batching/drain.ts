import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { BatchSize, EndedBatch } from './batch-size.ts';
import type { Costs, Form } from './costs.ts';
import { PricedStore } from './priced-store.ts';

/** More than any batch takes. */
const backlog = Array.from(
  { length: 10_000 },
  (_, key): Operation<number, number> => ({
    ...{ type: 'set', key, value: key, version: 1 },
  }),
);

/** So many batches, each full, since more always waits than one can take. */
export async function drain(
  size: BatchSize,
  costs: Costs,
  batches: number,
  form: Form = 'statement-a-batch',
): Promise<EndedBatch[]> {
  const clock = new VirtualClock();
  const store = new PricedStore<number, number>({ clock, costs, form });
  const ended: EndedBatch[] = [];
  while (ended.length < batches) {
    const batch = backlog.slice(0, size.rows);
    const begin = clock.now();
    await clock.until(store.write(batch));
    const ms = clock.now() - begin;
    ended.push({ rows: batch.length, ms, isStored: true });
    size.observe({ rows: batch.length, ms, isStored: true });
  }
  return ended;
}

/** Rows a second. */
export function rateOf(batches: readonly EndedBatch[]): number {
  const sum = { rows: 0, ms: 0 };
  for (const { rows, ms } of batches) {
    sum.rows += rows;
    sum.ms += ms;
  }
  return (1000 * sum.rows) / sum.ms;
}
