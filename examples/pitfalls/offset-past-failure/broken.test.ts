import { expect, test } from 'vitest';
import type { Candidate } from '../../conformance/candidate.ts';
import { World } from '../../conformance/world.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
const broken: Candidate = {
  name: 'offset-past-failure',
  isDurable: true,
  create: (setting) => new BrokenCache(setting),
};

test('P9 is broken: the next success commits past a failure', async () => {
  const world = new World<number>({
    limits: { maxBatchSize: 1 },
    decide: ({ keys }) => ({ refused: keys.filter((it) => it === '/home') }),
  });
  const killed = world.start(broken);
  await killed.cache.set('/home', 42);
  await killed.cache.set('/docs', 7);
  await world.outcome(killed.cache.flush());
  killed.crash();

  world.store.heal();
  const next = world.start(broken);
  await world.outcome(next.cache.flush());

  expect(world.store.entries()).toEqual([['/docs', 7]]);
});
// #endregion reproduction

test('nothing is lost where the process lives on', async () => {
  const world = new World<number>({
    limits: { maxBatchSize: 1 },
    decide: ({ keys }) => ({ refused: keys.filter((it) => it === '/home') }),
  });
  const { cache } = world.start(broken);
  await cache.set('/home', 42);
  await cache.set('/docs', 7);
  await world.outcome(cache.flush());

  world.store.heal();
  await world.outcome(cache.flush());

  expect(world.store.entries()).toEqual([
    ['/docs', 7],
    ['/home', 42],
  ]);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
