/** What group commit saves a journal in SQLite, on a real disk. */
import { Guard } from '../services/guard.ts';
import { syncedFile } from './durable-queue/synced-file.ts';
import { writersAtWork } from './durable-queue/writers.ts';
import {
  type Benchmark,
  type Part,
  type Scale,
  samplesFrom,
  scaled,
} from './harness/benchmark.ts';
import { type Figure, rateRatio } from './harness/figure.ts';
import { timeRounds, type Work } from './harness/rounds.ts';

const writerCounts = [1, 2, 4, 8, 16, 32, 64];
/** With an fsync each, and so many times more where they share it. */
const fullCount = 64;
/** An fsync takes its time: more rounds would take minutes. */
const mostRounds = 5;

export const benchmark: Benchmark = {
  conditions: [
    'Each writer appends a session of some 60 bytes to the journal, waits until it is acknowledged, and appends the next. What the round before has appended is settled, and deleted with the first commit of the next.',
    'The journal is a file of SQLite in the directory for temporary files, in WAL mode with synchronous = FULL. With a commit for each, a write has a transaction and an fsync of its own; with group commit, those that wait at the same time share them.',
    'Time is what passes on the clock, and not that of the processor. The fsync is of a plain file, after 4,096 bytes of it were written over.',
  ].join(' '),
  parts: [diskPart(), ...writerCounts.map(writersPart)],
  derived: {},
};

function diskPart(): Part {
  return {
    figures: {
      fsync: { is: 'an fsync of a plain file', unit: 'milliseconds' },
    },
    measure: (scale) =>
      inDirectory(async (directory) => {
        const works = { file: await syncedFile(directory, scaled(64, scale)) };
        const rounds = await timeReal(works, scale);
        return samplesFrom(rounds, {
          fsync: ({ file }) => ({ value: file / 1e6 }),
        });
      }),
  };
}

function writersPart(writers: number): Part {
  const who = writers === 1 ? 'one writer' : `${writers} writers`;
  const rate = `writes a second of ${who}`;
  const wait = `from an append to its acknowledgement, on average, with ${who}`;
  const figures: Record<string, Figure> = {
    [`rate/each/${writers}`]: {
      is: `${rate}, with a commit for each`,
      unit: 'count',
    },
    [`rate/group/${writers}`]: {
      is: `${rate}, with group commit`,
      unit: 'count',
    },
    [`wait/each/${writers}`]: {
      is: `${wait} and a commit for each`,
      unit: 'milliseconds',
    },
    [`wait/group/${writers}`]: {
      is: `${wait} and group commit`,
      unit: 'milliseconds',
    },
    [`gain-${writers}`]: {
      is: `${rate}, with group commit against a commit for each`,
      unit: 'ratio',
      compares: 'nanoseconds',
      ...(writers === 64 && { aim: { atLeast: 10 } }),
    },
    [`shared/${writers}`]: {
      is: `the writes that one commit carries on average, of ${who} with group commit`,
      unit: 'count',
    },
  };
  return {
    figures,
    measure: (scale) =>
      inDirectory(async (directory) => {
        const operations = Math.max(writers, scaled(fullCount, scale));
        const works = {
          each: await writersAtWork({
            directory,
            writers,
            groupCommit: false,
            operations,
          }),
          group: await writersAtWork({
            directory,
            writers,
            groupCommit: true,
            operations: operations * writers,
          }),
        };
        const rounds = await timeReal(works, scale);
        const samples = samplesFrom(rounds, {
          [`rate/each/${writers}`]: ({ each }) => ({ value: 1e9 / each }),
          [`rate/group/${writers}`]: ({ group }) => ({ value: 1e9 / group }),
          [`wait/each/${writers}`]: ({ each }) => ({
            value: (each * writers) / 1e6,
          }),
          [`wait/group/${writers}`]: ({ group }) => ({
            value: (group * writers) / 1e6,
          }),
          [`gain-${writers}`]: ({ each, group }) => rateRatio(group, each),
        });
        // Those of the runs that count, which come last.
        const shared = works.group.writesPerCommit().slice(-rounds.length);
        return {
          ...samples,
          [`shared/${writers}`]: shared.map((value) => ({ value })),
        };
      }),
  };
}

async function timeReal<Name extends string>(
  works: Readonly<Record<Name, Work & { close(): Promise<void> }>>,
  scale: Scale,
) {
  try {
    return await timeRounds(works, {
      ...scale,
      rounds: Math.min(scale.rounds, mostRounds),
      warmUps: Math.min(scale.warmUps, 1),
      now: () => performance.now(),
    });
  } finally {
    const all: { close(): Promise<void> }[] = Object.values(works);
    for (const work of all) await work.close();
  }
}

async function inDirectory<T>(
  work: (directory: string) => Promise<T>,
): Promise<T> {
  await using guard = await Guard.open();
  return await work(guard.directory);
}
