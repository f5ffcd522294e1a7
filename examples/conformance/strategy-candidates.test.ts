import { expect, test } from 'vitest';
import { firstFailure } from '../simulation/run.ts';
import type { Strategy } from '../strategies/strategies.ts';
import { NaiveCacheFirst } from '../strategies/write-through/naive-cache-first.ts';
import { NaiveWriteThrough } from '../strategies/write-through/naive-write-through.ts';
import { check } from './check.ts';
import { describeConformance } from './conformance.ts';
import { eachRead } from './fates.ts';
import {
  strategyCandidate,
  strategyCandidates,
} from './strategy-candidates.ts';
import { play } from './verify.ts';

for (const candidate of strategyCandidates) describeConformance(candidate);

test('they are the strategies that write while their caller waits', () => {
  expect(strategyCandidates.map(({ name }) => name)).toEqual([
    'strategies/write-through',
    'strategies/write-around',
    'strategies/cache-aside',
    'strategies/read-through',
    'strategies/cache-invalidation',
  ]);
});

const ttlMs = 60_000;

const naive: readonly Strategy[] = [
  {
    name: 'write-through/naive-write-through',
    create: ({ store: table, cache }) =>
      new NaiveWriteThrough({ table, cache, ttlMs }),
  },
  {
    name: 'write-through/naive-cache-first',
    create: ({ store: table, cache }) =>
      new NaiveCacheFirst({ table, cache, ttlMs }),
  },
];

test.each(naive)('$name is caught in one of 300 histories', async (form) => {
  const candidates = [strategyCandidate(form)];
  const runs = { candidates, runs: 300, firstSeed: 1 };
  const failure = await firstFailure({ ...runs, promises: ['P1', 'P5'] });
  expect(failure).toBeDefined();
});

/** The read finds the old row, and brings it when the new one is evicted. */
const lateRead = check(
  'P1',
  'a slow read does not bring back what was replaced and then evicted',
  { rows: [['plan', 'free']], limits: { maxEntries: 1 } },
  async (scene) => {
    scene.store.decide(eachRead({ answerMs: 100 }));
    scene.cache.get('plan');
    await scene.pass(10);
    await scene.set('plan', 'pro');
    await scene.set('seat', '12A');
    await scene.pass(100);
    await scene.get('plan');
  },
);

test.each(strategyCandidates)(
  '$name holds, although the cache has forgotten the new row',
  async (candidate) => {
    expect(await play(lateRead, candidate)).toBeUndefined();
  },
);

test('the referee sees a naive form that does not', async () => {
  const [form] = naive;
  if (form === undefined) throw new Error('it is missing');
  const failure = await play(lateRead, strategyCandidate(form));
  expect(failure?.findings.map(({ got }) => got)).toEqual(["'free'"]);
});
