import type { Operation } from '../../shared/store.ts';
import { type Part, samplesFrom, scaled } from '../harness/benchmark.ts';
import { type Figure, rateRatio } from '../harness/figure.ts';
import { type Run, timeRounds, type Work } from '../harness/rounds.ts';
import { keysFrom, linh, newCache, noStore, type User } from './subject.ts';

export const flushes: Part = {
  figures: {
    'flush-read': keptRate('that reads each entry, and no more'),
    'flush-write': {
      ...keptRate('that gives an operation for each entry to the store'),
      aim: { atLeast: 0.2 },
    },
    'flush-empty': keptRate(
      'that gives an operation for each entry to the store and then deletes the entries one by one, as a flush must',
    ),
  },
  async measure(scale) {
    const keys = keysFrom(0, scaled(100_000, scale));
    const works = {
      cache: flushing(keys),
      read: looping(keys, readEach),
      write: looping(keys, writeAll),
      empty: looping(keys, writeAllAndDelete),
    };
    return samplesFrom(await timeRounds(works, scale), {
      'flush-read': (cost) => rateRatio(cost.cache, cost.read),
      'flush-write': (cost) => rateRatio(cost.cache, cost.write),
      'flush-empty': (cost) => rateRatio(cost.cache, cost.empty),
    });
  },
};

function keptRate(loop: string): Figure {
  return {
    is: `the share that flush() keeps, with 100,000 keys that were set twice and a store that does nothing, of the rate of a loop over a Map ${loop}`,
    unit: 'ratio',
    compares: 'nanoseconds',
  };
}

function flushing(keys: readonly string[]): Work {
  return {
    operations: keys.length,
    async prepare(): Promise<Run> {
      const cache = newCache();
      for (const key of keys) await cache.set(key, linh);
      for (const key of keys) await cache.set(key, linh);
      return () => cache.flush();
    },
  };
}

function looping(
  keys: readonly string[],
  loop: (users: Map<string, User>) => Promise<unknown>,
): Work {
  return {
    operations: keys.length,
    prepare(): Run {
      const users = new Map(keys.map((key) => [key, linh]));
      return () => loop(users);
    },
  };
}

// #region baselines
async function readEach(users: Map<string, User>): Promise<number> {
  let others = 0;
  for (const [key, user] of users) if (user.name === key) others += 1;
  return others;
}

async function writeAll(
  users: Map<string, User>,
): Promise<Operation<string, User>[]> {
  const batch: Operation<string, User>[] = [];
  let version = 0;
  for (const [key, value] of users) {
    version += 1;
    batch.push({ type: 'set', key, value, version });
  }
  await noStore.write(batch);
  return batch;
}

async function writeAllAndDelete(users: Map<string, User>): Promise<void> {
  const batch = await writeAll(users);
  for (const { key } of batch) users.delete(key);
}
// #endregion baselines
