import type { Print } from '../../shared/stopwatch.ts';
import type { Demand } from './demand.ts';
import { type CacheOptions, playPlan, type Stack } from './play-plan.ts';

/** Sessions of a shop, whose database restarts within ten seconds. */
export const demand: Demand = {
  writesPerSecond: 200,
  repeatedShare: 0.2,
  rowBytes: 600,
  databaseMs: 8.1,
  loss: { keys: 2000 },
  // It restarts in ten, and a pause may just have begun.
  outageMs: 11_000,
  memoryBytes: 64 * 2 ** 20,
};

export interface Choice {
  readonly options: CacheOptions;
  readonly stack: Stack;
}

/** First the database is well, then it hangs, then it refuses connections. */
export async function story(choice: Choice, print: Print): Promise<void> {
  const { options, stack } = choice;
  print('                 a crash loses   refused   given up   recovers');
  const outageMs = 10_000;
  for (const outage of ['none', 'hangs', 'refuses'] as const) {
    const isAway = outage !== 'none';
    const seen = await playPlan(options, demand, {
      ...{ calmMs: 2000, afterMs: 30_000, stack, tickMs: 10 },
      ...(isAway && { outage, outageMs }),
    });
    const isRecovered = seen.recoveryMs < Infinity;
    const recovery = isRecovered
      ? `${(seen.recoveryMs / 1000).toFixed(1)} s`
      : 'not by itself';
    print(
      [
        (isAway ? `it ${outage}` : 'all is well').padEnd(15),
        `${seen.worstLoss} keys`.padStart(15),
        String(seen.refused).padStart(10),
        String(seen.deadLettered).padStart(11),
        (isAway ? recovery : '').padStart(14),
      ]
        .join('')
        .trimEnd(),
    );
  }
}
