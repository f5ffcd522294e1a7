import type { Played, Stage } from './play.ts';

/** What happened second by second. */
export interface Timeline {
  /** Acknowledged and not stored, at the end of the second. */
  readonly pending: readonly number[];
  /** Not acknowledged yet, at the end of the second. */
  readonly waiting: readonly number[];
  /**
   * Milliseconds until they were acknowledged, of the writes that came in the
   * second: undefined where none of them was.
   */
  readonly p50: readonly (number | undefined)[];
  readonly p99: readonly (number | undefined)[];
  /** Of the writes that came in the second, those that were not acknowledged. */
  readonly refused: readonly number[];
}

export function timelineOf({ answers, sights }: Played): Timeline {
  const seconds = sights.map(({ at }) => {
    const came = answers.filter(
      ({ cameAt }) => cameAt >= at - 1000 && cameAt < at,
    );
    const times = came
      .filter(({ isAcknowledged }) => isAcknowledged)
      .map(({ tookMs }) => tookMs);
    return { times, refused: came.length - times.length };
  });
  return {
    pending: sights.map(({ pending }) => pending),
    waiting: sights.map(({ waiting }) => waiting),
    p50: seconds.map(({ times }) => percentile(times, 50)),
    p99: seconds.map(({ times }) => percentile(times, 99)),
    refused: seconds.map(({ refused }) => refused),
  };
}

export interface Totals {
  /** Acknowledged and not stored, at most: what a crash takes along. */
  readonly atRisk: number;
  /** With those that wait to be acknowledged: what memory holds, at most. */
  readonly inMemory: number;
  /** Of the writes that came during the stall. */
  readonly p99: number;
  /** Not acknowledged: the caller was told, at once or by a deadline. */
  readonly refused: number;
  /**
   * Milliseconds from the end of the stall until nobody waits and no more is
   * pending than before it. Infinity if the story ends first.
   */
  readonly recovery: number;
  readonly waitingInTheEnd: number;
}

export function totalsOf(
  { answers, sights }: Played,
  { calmMs, stallMs }: Stage,
): Totals {
  const end = calmMs + stallMs;
  const during = answers.filter(
    ({ cameAt, isAcknowledged }) =>
      isAcknowledged && cameAt >= calmMs && cameAt < end,
  );
  const normal = Math.max(
    ...sights.filter(({ at }) => at <= calmMs).map(({ pending }) => pending),
  );
  const well = sights.find(
    ({ at, pending, waiting }) =>
      at > end && waiting === 0 && pending <= normal,
  );
  const times = during.map(({ tookMs }) => tookMs);
  return {
    atRisk: Math.max(...sights.map(({ pending }) => pending)),
    inMemory: Math.max(
      ...sights.map(({ pending, waiting }) => pending + waiting),
    ),
    p99: percentile(times, 99) ?? 0,
    refused: answers.filter(({ isAcknowledged }) => !isAcknowledged).length,
    recovery: well === undefined ? Infinity : well.at - end,
    waitingInTheEnd: sights.at(-1)?.waiting ?? 0,
  };
}

/** The least value that so many percent are not above. */
export function percentile(
  values: readonly number[],
  percent: number,
): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1];
}
