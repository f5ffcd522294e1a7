/** How many clients come back at the same moment, in virtual time. */
import type { Benchmark, Part } from './harness/benchmark.ts';
import type { Figure, Sample } from './harness/figure.ts';
import { inDigits } from './harness/in-digits.ts';
import {
  type Jitter,
  most,
  playHerd,
  writeMs,
} from './retries-and-dead-letters/herd.ts';

const fullCount = 1000;
/** Among fewer, a share of them could be nobody. */
const leastCount = 100;

const forms: Readonly<Record<Jitter, string>> = {
  none: 'without jitter',
  equal: 'with equal jitter',
  full: 'with full jitter',
};
const withinMs = 10;
const attempts = [2, 3, 4, 5];
const outageMs = 1000;
const capacityShare = 0.02;

const delays = { baseDelayMs: 100, maxDelayMs: 10_000 };

export const benchmark: Benchmark = {
  isSimulated: true,
  conditions: [
    `${inDigits(fullCount)} write-behind caches with one write each, of which all fail at the same moment. They pause ${delays.baseDelayMs} ms before the second attempt, twice as long before each other, and ${delays.maxDelayMs / 1000} s at most. Without jitter a pause is as long as that; with equal jitter it is drawn from the upper half of it, and with full jitter, the cache's own, from all of it, with a fixed seed.`,
    `Collisions are the most clients that come within the same ${withinMs} ms, by the number of their attempt, while the database stays down.`,
    `A recovery begins when the database is back, ${outageMs / 1000} s after the failure. It takes ${writeMs} ms for a write, carries out ${fullCount * capacityShare} at a time and refuses the others, and no cache gives up.`,
    'Time is virtual: the figures are the same on every machine.',
  ].join(' '),
  parts: keysOf(forms).flatMap((form) => [collisions(form), recovery(form)]),
  derived: {},
};

function collisions(jitter: Jitter): Part {
  const nameOf = (attempt: number) => `collisions/${attempt}/${jitter}`;
  return {
    figures: Object.fromEntries(
      attempts.map((attempt): [string, Figure] => [
        nameOf(attempt),
        {
          is: `the most clients that come within the same ${withinMs} ms for their attempt ${attempt}, ${forms[jitter]}`,
          unit: 'count',
        },
      ]),
    ),
    async measure({ size }) {
      const { arrivals } = await playHerd({
        ...{ clients: countFor(size), jitter, capacity: 0 },
        retry: { ...delays, attempts: Math.max(...attempts) },
        outageMs: Number.POSITIVE_INFINITY,
      });
      const samples: Record<string, readonly Sample[]> = {};
      for (const attempt of attempts) {
        const times = arrivals[attempt - 1] ?? [];
        samples[nameOf(attempt)] = [{ value: most(times, withinMs) }];
      }
      return samples;
    },
  };
}

function recovery(jitter: Jitter): Part {
  const nameOf = (column: string) => `recovery/${column}/${jitter}`;
  return {
    figures: {
      [nameOf('refused')]: {
        is: `the writes that the database has to refuse after it is back, ${forms[jitter]}`,
        unit: 'count',
      },
      [nameOf('all-stored')]: {
        is: `the milliseconds from its return until the last write is stored, ${forms[jitter]}`,
        unit: 'milliseconds',
      },
    },
    async measure({ size }) {
      const clients = countFor(size);
      const { refused, recoveryMs } = await playHerd({
        ...{ clients, jitter, outageMs, capacity: clients * capacityShare },
        retry: { ...delays, attempts: 100 },
      });
      return {
        [nameOf('refused')]: [{ value: refused }],
        [nameOf('all-stored')]: [{ value: recoveryMs }],
      };
    },
  };
}

function countFor(size: number): number {
  return Math.max(leastCount, Math.ceil(fullCount * size));
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(record) as K[];
}
