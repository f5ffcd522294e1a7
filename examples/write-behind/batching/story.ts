import type { Print } from '../../shared/stopwatch.ts';
import type { BatchSize } from './batch-size.ts';
import { forms, type Mood, moods } from './costs.ts';
import { drain, rateOf } from './drain.ts';

const days: readonly Mood[] = [
  'usual',
  'costly-rows',
  'usual',
  'costly-commits',
  'usual',
];

/** A backlog without end, and a database whose costs change. */
export async function story(
  create: (targetMs: number) => BatchSize,
  print: Print,
): Promise<void> {
  const size = create(50);
  print('                  overhead   a row        rows      ms   rows/s');
  for (const mood of days) {
    const costs = moods[mood];
    const overheadMs = forms['statement-a-batch'](0, costs);
    // It has the first half for getting used to it.
    const batches = (await drain(size, costs, 100)).slice(50);
    const rows = batches.map((batch) => batch.rows);
    const longest = Math.max(...batches.map(({ ms }) => ms));
    print(
      [
        mood.padEnd(17),
        `${overheadMs} ms`.padStart(9),
        `${costs.rowMs} ms`.padStart(8),
        `${Math.min(...rows)}–${Math.max(...rows)}`.padStart(12),
        longest.toFixed(0).padStart(8),
        rateOf(batches).toFixed(0).padStart(9),
      ].join(''),
    );
  }
}
