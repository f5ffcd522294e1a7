/** All six strategies under the same workloads, in virtual time. */
import { strategies } from '../strategies/strategies.ts';
import type { Benchmark, Part } from './harness/benchmark.ts';
import type { Figure, Sample } from './harness/figure.ts';
import { inDigits } from './harness/in-digits.ts';
import { families } from './strategies/families.ts';
import { play, stage } from './strategies/play.ts';
import {
  keys,
  requestsOf,
  type Workload,
  workloads,
} from './strategies/workloads.ts';

const fullCount = 5000;
/** Among fewer there may be no set at all. */
const leastCount = 200;

const { readMs, writeMs, connections, cacheMs, maxEntries } = stage;

export const benchmark: Benchmark = {
  isSimulated: true,
  conditions: [
    `Each strategy has its defaults, one process, and the same ${inDigits(fullCount)} requests of each workload for ${inDigits(keys.length)} keys, 500 a second on average, drawn with a fixed seed. A request comes when it comes, whatever has become of those before it.`,
    `The database takes ${readMs} ms for a read and ${writeMs} ms for a write, be it of one row or of a batch, and carries out ${connections} calls at a time; others wait in line.`,
    `Each cache holds ${maxEntries} entries and begins empty. That of write-through, write-around and cache-aside is shared, and takes ${cacheMs} ms for a call; that of read-through, write-behind and cache invalidation is in the memory of the process, and takes no time. What write-behind has not yet written comes on top of its entries. An event takes ${cacheMs} ms to publish. Nothing fails.`,
    'A get is a hit if its value was there before it was called: it has neither read the database nor waited for the read of another. What write-behind still has to write in the end is written, and counts.',
    'Time is virtual: the figures are the same on every machine.',
  ].join(' '),
  parts: workloads.map(partOf),
  derived: {},
};

function partOf(workload: Workload): Part {
  const of = (family: string, strategy: string) =>
    `${family}/${workload.name}/${strategy}`;
  return {
    figures: Object.fromEntries(
      Object.entries(families).flatMap(([family, { is, unit }]) =>
        strategies.map(({ name }): [string, Figure] => [
          of(family, name),
          { is: `${is}, with ${name}, where ${workload.is}`, unit },
        ]),
      ),
    ),
    async measure({ size }) {
      const count = Math.max(leastCount, fullCount * size);
      const requests = requestsOf(workload, count);
      const samples: Record<string, readonly Sample[]> = {};
      for (const strategy of strategies) {
        const observed = await play(strategy, requests);
        for (const [family, { value }] of Object.entries(families)) {
          samples[of(family, strategy.name)] = [{ value: value(observed) }];
        }
      }
      return samples;
    },
  };
}
