/** What write-behind saves on a real PostgreSQL, and what its flush takes. */
import { Guard } from '../services/guard.ts';
import {
  type Benchmark,
  type Part,
  samplesFrom,
  scaled,
} from './harness/benchmark.ts';
import { type Figure, rateRatio } from './harness/figure.ts';
import { acknowledgements } from './redis-postgres/acknowledgements.ts';
import {
  batchSize,
  type FlushName,
  flushes,
} from './redis-postgres/flushes.ts';
import { timeReal, withPlace } from './redis-postgres/services.ts';

const fullRows = 4000;
const fullSingleRows = 100;

const ways: Readonly<Record<FlushName, string>> = {
  'row-by-row': 'row by row, with a commit each',
  unnest: 'by a bare unnest',
  recordset: 'by a bare jsonb_to_recordset',
  copy: 'by COPY into a temporary table, and a merge',
  flush: 'by the cache, its store and the isolation of bad rows',
  'flush-redis': 'by the same, with Redis told of each row',
};
const names = Object.keys(ways) as readonly FlushName[];

export const benchmark: Benchmark = {
  needs: ['redis-server'],
  conditions: [
    'PostgreSQL has its defaults, fsync as well, and Redis is set to appendfsync everysec; both are on the same machine, so there is no network between. A session has some hundred bytes.',
    'Acknowledgements: each writer sets a session, waits until it is told so, and sets the next. Write-through has ten connections, and Redis behind PostgreSQL. Write-behind has the same two behind it, and stores what it has acknowledged before the next round, which is not timed. The durable mode keeps a journal in SQLite with an fsync for each group of writes.',
    `Rows: ${fullRows.toLocaleString('en')} sessions that the table has already, in batches of ${batchSize}, on one connection, each statement with the same guard by version. The flush is timed from the first set to the end of the flush. Row by row, a statement is a transaction. Time is what passes on the clock.`,
  ].join(' '),
  parts: [acknowledged(1), acknowledged(32), flushed()],
  derived: {},
};

function acknowledged(writers: number): Part {
  const who = writers === 1 ? 'one writer' : `${writers} writers`;
  const wait = (how: string): Figure => ({
    is: `from a set to its acknowledgement, on average, with ${how} and ${who}`,
    unit: 'milliseconds',
  });
  const gain = (how: string): Figure => ({
    is: `writes a second that ${how} acknowledges to ${who}, against write-through`,
    unit: 'ratio',
    compares: 'nanoseconds',
  });
  const aim = { aim: { atLeast: 20 } };
  return {
    figures: {
      [`ack/through/${writers}`]: wait('write-through'),
      [`ack/durable/${writers}`]: wait('write-behind and a journal'),
      [`ack/behind/${writers}`]: wait('write-behind'),
      [`gain-${writers}`]: { ...gain('write-behind'), ...aim },
      [`durable-gain-${writers}`]: gain('write-behind with a journal'),
    },
    measure: (scale) =>
      withPlace(10, async (place) => {
        await using guard = await Guard.open();
        const each = {
          through: Math.max(4, scaled(128 / writers, scale)),
          durable: Math.max(4, scaled(256 / writers, scale)),
          behind: Math.max(4, scaled(2000 / writers, scale)),
        };
        const { works, close } = await acknowledgements(
          ...([place, guard.directory, writers, each] as const),
        );
        const rounds = await timeReal(works, scale);
        await close();
        const waited = (cost: number) => ({ value: (cost * writers) / 1e6 });
        return samplesFrom(rounds, {
          [`ack/through/${writers}`]: ({ through }) => waited(through),
          [`ack/durable/${writers}`]: ({ durable }) => waited(durable),
          [`ack/behind/${writers}`]: ({ behind }) => waited(behind),
          [`gain-${writers}`]: ({ behind, through }) =>
            rateRatio(behind, through),
          [`durable-gain-${writers}`]: ({ durable, through }) =>
            rateRatio(durable, through),
        });
      }),
  };
}

function flushed(): Part {
  const rates = names.map((name): [string, Figure] => [
    `rows/${name}`,
    { is: `rows a second ${ways[name]}`, unit: 'count' },
  ]);
  return {
    figures: {
      ...Object.fromEntries(rates),
      'flush-share': {
        is: 'the rate of the flush, against the fastest of the bare three',
        unit: 'share',
        compares: 'nanoseconds',
        aim: { atLeast: 0.7 },
      },
      'flush-gain': {
        is: 'the rate of the flush, against row by row',
        unit: 'ratio',
        compares: 'nanoseconds',
        aim: { atLeast: 8 },
      },
    },
    measure: (scale) =>
      withPlace(1, async (place) => {
        const { works, close } = await flushes(
          place,
          Math.max(batchSize, scaled(fullRows, scale)),
          Math.max(10, scaled(fullSingleRows, scale)),
        );
        // In the rounds, each finds all its rows in the table.
        await timeReal(works, { ...scale, rounds: 1, warmUps: 0 });
        const rounds = await timeReal(works, scale);
        await close();
        return {
          ...samplesFrom(
            rounds,
            Object.fromEntries(
              names.map((name) => [
                `rows/${name}`,
                (round) => ({ value: 1e9 / round[name] }),
              ]),
            ),
          ),
          ...samplesFrom(rounds, {
            'flush-share': ({ flush, unnest, recordset, copy }) =>
              rateRatio(flush, Math.min(unnest, recordset, copy)),
            'flush-gain': (round) =>
              rateRatio(round.flush, round['row-by-row']),
          }),
        };
      }),
  };
}
