/** How long batches take a real PostgreSQL: what the calculator asks for. */
import {
  type Benchmark,
  type Samples,
  type Scale,
  samplesFrom,
} from './harness/benchmark.ts';
import type { Figure } from './harness/figure.ts';
import { timeRounds, type Work } from './harness/rounds.ts';
import { type BatchKind, Upserts } from './tuning-postgres/upsert.ts';

const sizes = [1, 10, 100, 1000];
const widths = [100, 1000];
/** A commit takes its time: more rounds would take minutes. */
const mostRounds = 5;

const kinds: readonly BatchKind[] = [
  ...widths.flatMap((bytes) => sizes.map((rows) => ({ rows, bytes }))),
  ...sizes.map((rows) => ({ rows, bytes: 100, inLoop: true })),
];

export const benchmark: Benchmark = {
  conditions: [
    'A batch is one upsert by unnest, which is one transaction, from one connection; the next one sets out when it has ended. Each row of the batch is in the table already, under a text key, and has a value of so many bytes of JSON and a version.',
    'In a loop, each row has a statement of its own, with its way there and back, and all of them share one transaction.',
    'PostgreSQL has its defaults, fsync as well, and is on the same machine: there is no network between the two. Time is what passes on the clock.',
    'Each further row is what a batch of 1,000 rows takes beyond a batch of one, by row.',
  ].join(' '),
  parts: [{ figures: figures(), measure }],
  derived: {},
};

function nameOf(family: string, { bytes, rows, inLoop }: BatchKind): string {
  return `${family}/${inLoop ? 'loop' : bytes}/${rows}`;
}

function figures(): Record<string, Figure> {
  const batches = kinds.flatMap((kind): [string, Figure][] => {
    const how = kind.inLoop ? ', in a loop' : '';
    const what = `with ${kind.rows} rows of ${kind.bytes} bytes${how}`;
    return [
      [
        nameOf('batch', kind),
        { is: `a batch ${what}, until it is committed`, unit: 'milliseconds' },
      ],
      [
        nameOf('rate', kind),
        { is: `the rows a second in batches ${what}`, unit: 'count' },
      ],
    ];
  });
  const rows = widths.map((bytes): [string, Figure] => [
    `row-${bytes}`,
    {
      is: `what each further row of ${bytes} bytes adds to a batch`,
      unit: 'milliseconds',
    },
  ]);
  return Object.fromEntries([...batches, ...rows]);
}

async function measure(scale: Scale): Promise<Samples> {
  return Upserts.use(async (upserts) => {
    const works: Record<string, Work> = Object.fromEntries(
      kinds.map((kind) => [nameOf('batch', kind), upserts.work(kind)]),
    );
    const rounds = await timeRounds(works, {
      ...scale,
      rounds: Math.min(scale.rounds, mostRounds),
      warmUps: Math.min(scale.warmUps, 1),
      now: () => performance.now(),
    });
    type Round = (typeof rounds)[number];
    const msOf = (round: Round, kind: BatchKind) =>
      (round[nameOf('batch', kind)] ?? 0) / 1e6;
    return samplesFrom(rounds, {
      ...Object.fromEntries(
        kinds.flatMap((kind) => [
          [
            nameOf('batch', kind),
            (round: Round) => ({ value: msOf(round, kind) }),
          ],
          [
            nameOf('rate', kind),
            (round: Round) => ({
              value: (1000 * kind.rows) / msOf(round, kind),
            }),
          ],
        ]),
      ),
      ...Object.fromEntries(
        widths.map((bytes) => [
          `row-${bytes}`,
          (round: Round) => ({
            value:
              (msOf(round, { bytes, rows: 1000 }) -
                msOf(round, { bytes, rows: 1 })) /
              999,
          }),
        ]),
      ),
    });
  });
}
