/** What each policy does while the store stalls for a minute, in virtual time. */
import {
  database,
  maxPending,
  type PolicyName,
  play,
  policies,
  type Stage,
  shedder,
  stage,
} from './backpressure/play.ts';
import { type Totals, totalsOf } from './backpressure/timeline.ts';
import type { Benchmark, Part, Scale } from './harness/benchmark.ts';
import type { Figure } from './harness/figure.ts';
import { inDigits } from './harness/in-digits.ts';

/** More than the database takes one by one, and few enough for batches. */
const busyPerSecond = 400;

const columns: Readonly<
  Record<string, Omit<Figure, 'is'> & { is: string; of: keyof Totals }>
> = {
  'in-memory': {
    is: 'the most writes in memory, pending or waiting to be acknowledged',
    unit: 'count',
    of: 'inMemory',
  },
  'at-risk': {
    is: 'the most acknowledged writes that the database did not have, which a crash would have taken along',
    unit: 'count',
    of: 'atRisk',
  },
  'ack-p99': {
    is: 'the 99th percentile of the time to acknowledge a write that came during the stall and was acknowledged',
    unit: 'milliseconds',
    of: 'p99',
  },
  refused: {
    is: 'the writes whose callers were told that they are not acknowledged',
    unit: 'count',
    of: 'refused',
  },
  recovery: {
    is: 'the time from the end of the stall until nobody waits and no more is pending than before it, looked at once a second',
    unit: 'milliseconds',
    of: 'recovery',
  },
};

export const benchmark: Benchmark = {
  isSimulated: true,
  conditions: [
    `${stage.writesPerSecond} writes a second for ${stage.endMs / 1000} s, each with a key of its own. After ${stage.calmMs / 1000} s the database stalls for ${stage.stallMs / 1000} s: no call fails, and none is answered.`,
    `The database has ${database.connections} connections; calls wait for one in line, without a limit. A call takes ${database.callMs} ms and ${database.rowMs} ms for each of its rows.`,
    `The write-behind cache has its defaults, but for a bound of ${inDigits(maxPending)} pending keys, or none.`,
    `The load shedder lets ${shedder.maxCallers} writes wait at a time; a caller waits for ${shedder.timeoutMs / 1000} s. Nobody who was refused comes again.`,
    `In figures of a busy load, ${busyPerSecond} writes come in a second.`,
    'Time is virtual: the figures are the same on every machine.',
  ].join(' '),
  parts: [...namesOf(policies).map(totals), busy()],
  derived: {},
};

function totals(policy: PolicyName): Part {
  const nameOf = (column: string) => `totals/${column}/${policy}`;
  return {
    figures: Object.fromEntries(
      Object.entries(columns).map(
        ([column, { is, unit }]): [string, Figure] => [
          nameOf(column),
          { is: `${is}, with ${policy}`, unit },
        ],
      ),
    ),
    async measure(scale) {
      const seen = await total(policy, stage, scale);
      return Object.fromEntries(
        Object.entries(columns).map(([column, { of }]) => [
          nameOf(column),
          [{ value: seen[of] }],
        ]),
      );
    },
  };
}

/** Where the database needs batches to keep up. */
function busy(): Part {
  const story = { ...stage, writesPerSecond: busyPerSecond };
  const end = `at the end, ${(stage.endMs - stage.calmMs - stage.stallMs) / 1000} s after the stall`;
  return {
    figures: {
      'busy-waiting-write-through': {
        is: `the writes that wait to be acknowledged ${end}, with write-through and a busy load`,
        unit: 'count',
      },
      'busy-recovery-wait': {
        is: 'the time from the end of the stall until all is as before, with wait and a busy load',
        unit: 'milliseconds',
      },
    },
    async measure(scale) {
      const through = await total('write-through', story, scale);
      const wait = await total('wait', story, scale);
      return {
        'busy-waiting-write-through': [{ value: through.waitingInTheEnd }],
        'busy-recovery-wait': [{ value: wait.recovery }],
      };
    },
  };
}

async function total(
  policy: PolicyName,
  story: Stage,
  { size }: Scale,
): Promise<Totals> {
  // Not fewer, or the time between two writes would be more than a second.
  const writesPerSecond = Math.max(20, story.writesPerSecond * size);
  const played = { ...story, writesPerSecond };
  return totalsOf(await play(policies[policy], played), played);
}

function namesOf<T extends object>(record: T): (keyof T & string)[] {
  return Object.keys(record) as (keyof T & string)[];
}
