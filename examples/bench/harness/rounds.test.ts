import { expect, test } from 'vitest';
import { timeRounds, type Work } from './rounds.ts';

/** A clock that only the works move, and a list of what they do. */
function stage() {
  const did: string[] = [];
  let ms = 0;
  const work = (name: string, tookMs: number, operations = 1): Work => ({
    operations,
    prepare() {
      did.push(`prepare ${name}`);
      ms += 1000;
      return async () => {
        did.push(name);
        ms += tookMs;
      };
    },
  });
  const now = () => ms;
  const settle = async () => {
    ms += 500;
  };
  return { did, work, options: { warmUps: 0, now, settle } };
}

test('a cost is nanoseconds an operation, without what comes before it', async () => {
  const { work, options } = stage();
  const works = { cache: work('cache', 3, 1000), map: work('map', 1, 500) };
  expect(await timeRounds(works, { ...options, rounds: 1 })).toEqual([
    { cache: 3000, map: 2000 },
  ]);
});

test('each round prepares the work anew', async () => {
  const { did, work, options } = stage();
  await timeRounds({ set: work('set', 4) }, { ...options, rounds: 2 });
  expect(did).toEqual(['prepare set', 'set', 'prepare set', 'set']);
});

test('each round does all works, and begins with the next of them', async () => {
  const { did, work, options } = stage();
  const works = { a: work('a', 1), b: work('b', 1), c: work('c', 1) };
  await timeRounds(works, { ...options, rounds: 4 });
  const order = did.filter((line) => !line.startsWith('prepare')).join('');
  expect(order).toBe('abcbcacababc');
});

test('the rounds that warm up do not count', async () => {
  const { did, work, options } = stage();
  const works = { a: work('a', 1) };
  const costs = await timeRounds(works, { ...options, rounds: 2, warmUps: 3 });
  expect(costs).toHaveLength(2);
  expect(did.filter((line) => line === 'a')).toHaveLength(5);
});

test('work that fails ends the measurement', async () => {
  const works: Record<string, Work> = {
    broken: {
      operations: 1,
      prepare: () => () => Promise.reject(new Error('no store')),
    },
  };
  const { options } = stage();
  const run = timeRounds(works, { ...options, rounds: 1 });
  await expect(run).rejects.toThrow('no store');
});
