/** How many writes workers store a second, by how many they are. */
import {
  type Benchmark,
  type Samples,
  type Scale,
  scaled,
} from './harness/benchmark.ts';
import { type Figure, rateRatio, type Sample } from './harness/figure.ts';
import { Crew, type Situation } from './many-nodes/crew.ts';

const fullCount = 6000;
const partitions = 16;

const situations = {
  'one-partition': { workers: 1, partitions: 1 },
  '1': { workers: 1, partitions },
  '2': { workers: 2, partitions },
  '4': { workers: 4, partitions },
} as const satisfies Record<string, Situation>;

type Name = keyof typeof situations;

const names: readonly Name[] = ['one-partition', '1', '2', '4'];

export const benchmark: Benchmark = {
  conditions: [
    `${fullCount.toLocaleString('en')} writes of as many users wait in Redis when the time begins, and it ends when the last of them is stored; batches have 100 rows at most.`,
    `There are ${partitions} partitions, except where one is named. Redis (appendonly, everysec), PostgreSQL (its defaults, fsync as well) and all workers are on the same machine.`,
  ].join(' '),
  needs: ['redis-server'],
  parts: [
    {
      figures: {
        ...Object.fromEntries(
          names.map((name) => [`rate/${name}`, rate(name)]),
        ),
        'speedup/partitions': {
          is: `the rate of one worker with ${partitions} partitions, against one partition`,
          ...{ unit: 'ratio', compares: 'nanoseconds' },
        },
        'speedup/2': speedup('two workers'),
        'speedup/4': speedup('four workers'),
      },
      measure,
    },
  ],
  derived: {},
};

function rate(name: Name): Figure {
  const { workers, partitions } = situations[name];
  return {
    is: `the writes a second that are stored by this many workers: ${workers}; partitions: ${partitions}`,
    unit: 'count',
  };
}

function speedup(who: string): Figure {
  return {
    is: `the rate of ${who} against that of one`,
    ...{ unit: 'ratio', compares: 'nanoseconds' },
  };
}

async function measure(scale: Scale): Promise<Samples> {
  const writes = scaled(fullCount, scale);
  // The rounds are long, and each has all situations in it.
  const rounds = Math.min(3, scale.rounds);
  const samples: Record<string, Sample[]> = {};
  const add = (figure: string, sample: Sample) => {
    samples[figure] = [...(samples[figure] ?? []), sample];
  };
  await Crew.use(4, async (crew) => {
    for (let round = -Math.min(1, scale.warmUps); round < rounds; round += 1) {
      const cost: Record<Name, number> = {
        ...{ 'one-partition': 0, '1': 0, '2': 0, '4': 0 },
      };
      const first = Math.abs(round) % names.length;
      for (const name of [...names.slice(first), ...names.slice(0, first)]) {
        const ms = await crew.time(situations[name], writes);
        cost[name] = (ms * 1e6) / writes;
      }
      if (round < 0) continue;
      for (const name of names) {
        add(`rate/${name}`, { value: 1e9 / cost[name] });
      }
      add('speedup/partitions', rateRatio(cost['1'], cost['one-partition']));
      add('speedup/2', rateRatio(cost['2'], cost['1']));
      add('speedup/4', rateRatio(cost['4'], cost['1']));
    }
  });
  return samples;
}
