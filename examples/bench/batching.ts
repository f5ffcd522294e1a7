/** What the size of a batch is worth, in virtual time, with modelled costs. */
import { AdaptiveSize } from '../write-behind/batching/adaptive-size.ts';
import type { EndedBatch } from '../write-behind/batching/batch-size.ts';
import {
  type Form,
  forms,
  type Mood,
  moods,
} from '../write-behind/batching/costs.ts';
import { drain, rateOf } from '../write-behind/batching/drain.ts';
import { FixedSize } from '../write-behind/batching/fixed-size.ts';
import {
  type Batching,
  batchings,
  type Event,
  events,
  play,
  stage,
} from './batching/play.ts';
import type { Benchmark, Part } from './harness/benchmark.ts';
import type { Figure } from './harness/figure.ts';

const sizes = [1, 3, 10, 30, 100, 300, 1000, 3000];
const loads = [200, 1000, 5000];
const curveMs = 5000;
const perSecond = 1500;
const eventMs = 15_000;
/** Shorter, and no write would be stored. */
const leastMs = 100;

const { usual } = moods;
const costlyRows = moods['costly-rows'];
const costlyCommits = moods['costly-commits'];

export const benchmark: Benchmark = {
  isSimulated: true,
  conditions: [
    `The database is a model: a statement takes ${usual.statementMs} ms, a commit ${usual.commitMs} ms, a row ${usual.rowMs} ms, and it has one connection. Where rows are costly, they take ${costlyRows.rowMs} ms; where commits are costly, they take ${costlyCommits.commitMs} ms. A batch is one statement and one transaction, unless the figure says otherwise.`,
    'Rates are those of a backlog without end.',
    `Waits are those of a write-behind cache whose writes come evenly, each of another key. By size: for ${curveMs / 1000} s, with a delay of 1 s. By event: ${perSecond} writes a second, for ${eventMs / 1000} s from the event on; when the database hangs, it answers nothing for ${events.hang.hangMs / 1000} s. What takes longer than ${stage.timeoutMs} ms is given up by the database. What is not stored in the end counts as if it were stored then.`,
    'Batches by count have a delay of 1 s; those by time are of any size; the last three, of any size or an adaptive one with a target of 50 ms, are made of what came while the database was busy, with a delay of 20 ms.',
    'Time is virtual: the figures are the same on every machine.',
  ].join(' '),
  parts: [rates(), waitsBySize(), waitsByEvent(), settling()],
  derived: {},
};

interface Case extends Figure {
  readonly name: string;
  measure(size: number): Promise<number>;
}

function partOf(cases: readonly Case[]): Part {
  return {
    figures: Object.fromEntries(
      cases.map(({ name, is, unit }) => [name, { is, unit }]),
    ),
    async measure({ size }) {
      const samples: Record<string, { value: number }[]> = {};
      for (const { name, measure } of cases) {
        samples[name] = [{ value: await measure(size) }];
      }
      return samples;
    },
  };
}

function rates(): Part {
  const cases = keysOf(forms).flatMap((form: Form): Case[] =>
    sizes.map((rows) => ({
      name: `rate/${form}/${rows}`,
      is: `the rows stored a second, in batches of ${rows}, as ${form}`,
      unit: 'count',
      measure: async () =>
        rateOf(await drain(new FixedSize(rows), usual, 3, form)),
    })),
  );
  return partOf(cases);
}

function waitsBySize(): Part {
  const cases = loads.flatMap((load): Case[] =>
    sizes.map((maxBatchSize) => ({
      name: `wait-by-size/${load}/${maxBatchSize}`,
      is: `how long a write waits for its row, on average, with ${load} writes a second and batches of ${maxBatchSize}`,
      unit: 'milliseconds',
      measure: (size: number) =>
        meanWaitMs(
          { maxBatchSize, maxDelayMs: 1000 },
          { perSecond: load, ms: msFor(curveMs, size), event: events.usual },
        ),
    })),
  );
  return partOf(cases);
}

function waitsByEvent(): Part {
  const cases = Object.entries<Event>(events).flatMap(([name, event]): Case[] =>
    Object.entries<Batching>(batchings).map(([batching, setting]) => ({
      name: `wait/${name}/${batching}`,
      is: `how long a write waits for its row, on average, when the database is ${name} and batches are ${batching}`,
      unit: 'milliseconds',
      measure: (size: number) =>
        meanWaitMs(setting, { perSecond, ms: msFor(eventMs, size), event }),
    })),
  );
  return partOf(cases);
}

function settling(): Part {
  const changes: readonly (readonly [from: Mood, to: Mood])[] = [
    ['usual', 'costly-rows'],
    ['costly-rows', 'usual'],
    ['usual', 'costly-commits'],
    ['costly-commits', 'usual'],
  ];
  const cases = changes.map(
    ([from, to]): Case => ({
      name: `settles-${from}-to-${to}`,
      is: `the batches that the adaptive size takes to settle, after the database has gone from ${from} to ${to}`,
      unit: 'count',
      measure: async () => {
        const size = new AdaptiveSize({ targetMs: 50 });
        await drain(size, moods[from], 100);
        return settledAfter(await drain(size, moods[to], 100));
      },
    }),
  );
  return partOf(cases);
}

/** How many come before the sizes are those among which it stays. */
function settledAfter(batches: readonly EndedBatch[]): number {
  const last = batches.slice(batches.length / 2).map(({ rows }) => rows);
  const [least, most] = [Math.min(...last), Math.max(...last)];
  return 1 + batches.findLastIndex(({ rows }) => rows < least || rows > most);
}

async function meanWaitMs(
  ...[batching, load]: Parameters<typeof play>
): Promise<number> {
  return (await play(batching, load)).meanWaitMs;
}

function msFor(ms: number, size: number): number {
  return Math.max(leastMs, ms * size);
}

function keysOf<T extends object>(record: T): (keyof T & string)[] {
  return Object.keys(record) as (keyof T & string)[];
}
