/** What delays, attempts and plans come to, in virtual time. */
import type { Demand } from '../production/tuning/demand.ts';
import { planRetries } from '../production/tuning/plan-retries.ts';
import { planWrites } from '../production/tuning/plan-writes.ts';
import { playPlan, type Stack } from '../production/tuning/play-plan.ts';
import type { Benchmark, Part, Samples } from './harness/benchmark.ts';
import type { Figure } from './harness/figure.ts';
import { inDigits } from './harness/in-digits.ts';
import { type Pattern, patterns, perSecond } from './tuning/patterns.ts';

const database = { databaseMs: 8.1, rowMs: 0.1 };
const delays = [10, 30, 100, 300, 1000];
const playedMs = 5000;
const roomy = { maxBatchSize: 920, maxPending: 1_000_000, maxEntries: 1000 };

const outages = [300, 1000, 3000, 10_000, 20_000];
const attempts = [5, 8, 12, 20];
/** When an outage begins. The last batch before it set out at the first. */
const begins = Array.from({ length: 20 }, (_, play) => 2000 + 50 * play);
/** Few, since each key that fails comes to be tried by itself. */
const failingPerSecond = 10;

const restart = { writesPerSecond: 100, outageMs: 5000 };
const stacks: readonly Stack[] = ['cache', 'patient', 'patient-batches'];
const kinds = ['hangs', 'refuses'] as const;

const farMs = 80;
const cases: Readonly<Record<string, Demand>> = {
  sessions: {
    ...database,
    ...{ writesPerSecond: 400, rowBytes: 600, outageMs: 5000 },
    ...{ loss: { keys: 3000 }, memoryBytes: 64 * 2 ** 20 },
  },
  lines: {
    ...database,
    ...{ writesPerSecond: 1000, rowBytes: 300, outageMs: 0 },
    ...{ loss: { ms: 1000 }, memoryBytes: 16 * 2 ** 20 },
  },
  far: {
    ...{ databaseMs: farMs, rowMs: 0.1, writesPerSecond: 200, rowBytes: 600 },
    ...{ loss: { ms: 5000 }, outageMs: 3000, memoryBytes: 64 * 2 ** 20 },
  },
};

export const benchmark: Benchmark = {
  isSimulated: true,
  conditions: [
    `The database is a model with one connection: a batch of one row takes ${database.databaseMs} ms, and each further row ${database.rowMs} ms. For the plan of a database that is far away, the first row takes ${farMs} ms.`,
    `By delay: ${perSecond} writes come in a second, for ${playedMs / 1000} s, in batches of at most ${roomy.maxBatchSize} rows. What a crash takes along is looked at after each write. ${patterns.map(({ name, is }) => `With ${name}, ${is}`).join('; ')}.`,
    `By attempts: ${failingPerSecond} writes a second, each with a key of its own, come before and while the database refuses each call at once, and all that waited when it began or came in it are counted, in ${begins.length} outages that begin at other moments between two batches; the pauses are drawn from 0 to 100 ms, doubled for each other, and bounded by 10 s. Planned are as many as the plan of the outage has.`,
    `Recovery: ${restart.writesPerSecond} writes a second, each with a key of its own, with the options of a plan for their outage of ${restart.outageMs / 1000} s, and a second more for its pauses. It ends when all is stored that came in the outage.`,
    `Plans: ${Object.entries(cases)
      .map(
        ([name, { writesPerSecond, outageMs }]) =>
          `${name} are ${inDigits(writesPerSecond)} writes a second, and an outage of ${outageMs / 1000} s in which the database hangs`,
      )
      .join('; ')}. Each write has a key of its own.`,
    'Time is virtual: the figures are the same on every machine.',
  ].join(' '),
  parts: [...patterns.map(delayed), givenUp(), recovery(), plans()],
  derived: {},
};

interface Case extends Figure {
  readonly name: string;
}

function partOf(
  cases: readonly Case[],
  measure: (size: number) => Promise<Readonly<Record<string, number>>>,
): Part {
  return {
    figures: Object.fromEntries(
      cases.map(({ name, is, unit }) => [name, { is, unit }]),
    ),
    async measure({ size }): Promise<Samples> {
      const values = Object.entries(await measure(size));
      return Object.fromEntries(
        values.map(([name, value]) => [name, [{ value }]]),
      );
    },
  };
}

/** Latency against throughput, for writes of one pattern. */
function delayed({ name, keyOf, tickMs }: Pattern): Part {
  const figures = delays.flatMap((delay): Case[] => [
    {
      name: `busy/${name}/${delay}`,
      is: `how busy the database is with ${name}, with a delay of ${delay} ms`,
      unit: 'share',
    },
    {
      name: `at-risk/${name}/${delay}`,
      is: `the most keys that a crash would take along, with ${name} and a delay of ${delay} ms`,
      unit: 'count',
    },
  ]);
  return partOf(figures, async (size) => {
    const values: Record<string, number> = {};
    for (const maxDelayMs of delays) {
      const seen = await playPlan(
        { ...roomy, maxDelayMs },
        { ...database, writesPerSecond: perSecond },
        { calmMs: Math.max(50, playedMs * size), keyOf, tickMs },
      );
      values[`busy/${name}/${maxDelayMs}`] = seen.share;
      values[`at-risk/${name}/${maxDelayMs}`] = seen.worstLoss;
    }
    return values;
  });
}

function givenUp(): Part {
  const columns = [...attempts.map(String), 'planned'];
  const all = columns.flatMap((column) =>
    outages.map((outageMs) => ({ column, outageMs })),
  );
  const nameOf = ({ column, outageMs }: (typeof all)[number]) =>
    `given-up/${column}/${outageMs}`;
  const figures = all.map((one): Case => {
    const how = one.column === 'planned' ? 'as planned' : one.column;
    return {
      name: nameOf(one),
      is: `the share of the writes that wait or come in an outage of ${one.outageMs} ms that is given up, with attempts: ${how}`,
      unit: 'share',
    };
  });
  return partOf(figures, async (size) => {
    const values: Record<string, number> = {};
    for (const one of all) {
      const outageMs = Math.max(100, one.outageMs * size);
      const retry =
        one.column === 'planned'
          ? planRetries(one.outageMs)
          : { attempts: Number(one.column) };
      let [givenUp, inOutage] = [0, 0];
      for (const [seed, calmMs] of begins.entries()) {
        const seen = await playPlan(
          { retry },
          { ...database, writesPerSecond: failingPerSecond },
          { calmMs, outage: 'refuses', outageMs, tickMs: 100, seed },
        );
        givenUp += seen.deadLettered;
        inOutage += seen.inOutage;
      }
      values[nameOf(one)] = givenUp / inOutage;
    }
    return values;
  });
}

function recovery(): Part {
  const all = kinds.flatMap((outage) =>
    stacks.map((stack) => ({
      ...{ outage, stack },
      name: `recovery/${outage}/${stack}`,
    })),
  );
  const figures = all.map(
    ({ name, outage, stack }): Case => ({
      name,
      is: `from the end of an outage in which the database ${outage} until all that came in it is stored, with ${stack}`,
      unit: 'milliseconds',
    }),
  );
  return partOf(figures, async (size) => {
    const values: Record<string, number> = {};
    for (const { name, outage, stack } of all) {
      const outageMs = Math.max(1000, restart.outageMs * size);
      const demand: Demand = {
        ...{ ...database, ...restart, rowBytes: 600 },
        ...{ loss: 'none', memoryBytes: 64 * 2 ** 20 },
        outageMs: outageMs + 1000,
      };
      const { recoveryMs } = await playPlan(
        planWrites(demand).options,
        demand,
        {
          ...{ calmMs: 1000, outage, outageMs, stack, tickMs: 10 },
          afterMs: 8000,
        },
      );
      values[name] = recoveryMs;
    }
    return values;
  });
}

/** What the calculator says, and what comes of it. */
function plans(): Part {
  const columns = {
    planned: 'may take along at most, by the plan',
    seen: 'would take along at most, in the simulation',
  };
  const figures = Object.keys(cases).flatMap((name): Case[] => [
    ...Object.entries(columns).map(
      ([column, is]): Case => ({
        name: `crash/${column}/${name}`,
        is: `the keys that a crash ${is}: ${name}`,
        unit: 'count',
      }),
    ),
    {
      name: `crash/refused/${name}`,
      is: `the writes that the cache refused in the simulation: ${name}`,
      unit: 'count',
    },
  ]);
  return partOf(figures, async () => {
    const values: Record<string, number> = {};
    for (const [name, demand] of Object.entries(cases)) {
      const { options, worstLoss } = planWrites(demand);
      const { outageMs, writesPerSecond } = demand;
      const seen = await playPlan(options, demand, {
        ...{ calmMs: 3000, outage: 'hangs', outageMs, afterMs: 2000 },
        tickMs: Math.max(5, 1000 / writesPerSecond),
      });
      values[`crash/planned/${name}`] = worstLoss;
      values[`crash/seen/${name}`] = seen.worstLoss;
      values[`crash/refused/${name}`] = seen.refused;
    }
    return values;
  });
}
