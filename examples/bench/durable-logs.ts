/** How long logs take to acknowledge a write, to one writer and to many. */
import {
  jetStream,
  redisStream,
  sqlite,
  type WriteLog,
} from './durable-logs/write-logs.ts';
import {
  type Benchmark,
  type Part,
  type Samples,
  type Scale,
  scaled,
} from './harness/benchmark.ts';
import { costRatio, type Figure } from './harness/figure.ts';
import { timeRounds, type Work } from './harness/rounds.ts';

const logs = {
  sqlite: { name: 'SQLite, with an fsync', open: sqlite },
  'redis-always': {
    name: 'Redis Streams, appendfsync always',
    open: () => redisStream({ appendfsync: 'always' }),
  },
  'redis-everysec': {
    name: 'Redis Streams, appendfsync everysec',
    open: () => redisStream({ appendfsync: 'everysec' }),
  },
  jetstream: { name: 'NATS JetStream, default sync_interval', open: jetStream },
};

type Name = keyof typeof logs;

const names: readonly Name[] = [
  'sqlite',
  'redis-always',
  'redis-everysec',
  'jetstream',
];
const writerCounts = [1, 64];
/** By each writer; a single one has nobody to share with, and so more. */
const fullCount = { alone: 200, together: 50 };
/** With an fsync for each write of one writer: more would take minutes. */
const mostRounds = 5;

export const benchmark: Benchmark = {
  conditions: [
    'Each writer hands a session of some 60 bytes to the log, waits until it is acknowledged, and hands over the next. All writers are in one process, and what a round has appended is gone before the next.',
    'SQLite is the journal in WAL mode with synchronous = FULL and group commit. Redis is told XADD, with appendonly yes; JetStream keeps a file and has one node, and no replicas. Both servers are on the same machine, over the loopback.',
    'The first two have synced the disk before they acknowledge, and the last two have not. Time is what passes on the clock.',
  ].join(' '),
  needs: ['redis-server', 'nats-server'],
  parts: writerCounts.map(writersPart),
  derived: {},
};

function writersPart(writers: number): Part {
  const who = writers === 1 ? 'one writer' : `${writers} writers`;
  const figures: Record<string, Figure> = {};
  for (const name of names) {
    figures[`ack/${writers}/${name}`] = {
      is: `from an append to its acknowledgement, on average, with ${who} (${logs[name].name})`,
      unit: 'milliseconds',
    };
  }
  figures[`sync-cost/${writers}`] = {
    is: `how long Redis Streams take to acknowledge with appendfsync always, against everysec, with ${who}`,
    ...{ unit: 'ratio', compares: 'nanoseconds' },
  };
  return { figures, measure: (scale) => measure(writers, scale) };
}

async function measure(writers: number, scale: Scale): Promise<Samples> {
  const opened: WriteLog[] = [];
  try {
    const works = {} as Record<Name, Work>;
    for (const name of names) {
      const log = await logs[name].open();
      opened.push(log);
      works[name] = workOf(log, writers, scale);
    }
    const rounds = await timeRounds(works, {
      ...scale,
      rounds: Math.min(scale.rounds, mostRounds),
      warmUps: Math.min(scale.warmUps, 1),
      now: () => performance.now(),
    });
    const samples = Object.fromEntries(
      names.map((name) => [
        `ack/${writers}/${name}`,
        rounds.map((cost) => ({ value: (cost[name] * writers) / 1e6 })),
      ]),
    );
    return {
      ...samples,
      [`sync-cost/${writers}`]: rounds.map((cost) =>
        costRatio(cost['redis-always'], cost['redis-everysec']),
      ),
    };
  } finally {
    for (const log of opened) await log.close();
  }
}

function workOf(log: WriteLog, writers: number, scale: Scale): Work {
  const count = writers === 1 ? fullCount.alone : fullCount.together;
  const each = scaled(count, scale);
  const write = async () => {
    for (let done = 0; done < each; done += 1) await log.append();
  };
  return {
    operations: each * writers,
    async prepare() {
      await log.clear();
      return () => Promise.all(Array.from({ length: writers }, write));
    },
  };
}
