/** What the line to the database and the disk are like, in one history. */
import type { Random } from '../../../shared/random.ts';
import type { Fate } from './unreliable-line.ts';

/** Of a hundred calls, or in milliseconds. */
export interface Weather {
  slowMs: number;
  losing: number;
  /** Arrive so late that nobody waits for them any more. */
  late: number;
  /** Of a hundred rows. */
  refusing: number;
  diskMs: number;
  diskFailing: number;
}

export const calm: Weather = {
  slowMs: 5,
  losing: 0,
  late: 0,
  refusing: 0,
  diskMs: 0,
  diskFailing: 0,
};

export function anyWeather(random: Random): Weather {
  return {
    slowMs: random.pick([0, 5, 40, 100]),
    losing: random.pick([0, 10, 40]),
    late: random.pick([0, 0, 20]),
    refusing: random.pick([0, 0, 10, 30]),
    diskMs: random.pick([0, 0, 30]),
    diskFailing: random.pick([0, 0, 20]),
  };
}

/** Nothing that is sent takes longer to arrive. */
export const latestMs = 500;

export function fateOnTheLine(
  { slowMs, losing, late }: Weather,
  random: Random,
): Fate {
  const isLate = random.chance(late);
  return {
    thereMs: random.between(0, isLate ? latestMs : slowMs),
    backMs: random.between(0, slowMs),
    ...(random.chance(losing) ? anyLoss(random) : {}),
  };
}

export function fateOnTheDisk(
  { diskMs, diskFailing }: Weather,
  random: Random,
): Fate {
  return {
    thereMs: random.between(0, diskMs),
    backMs: random.between(0, diskMs),
    ...(random.chance(diskFailing) ? anyLoss(random) : {}),
  };
}

function anyLoss(random: Random): Fate {
  return { lost: random.pick(['request', 'answer'] as const) };
}
