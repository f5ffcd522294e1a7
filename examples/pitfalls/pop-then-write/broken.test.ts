import { expect, test } from 'vitest';
import type { Candidate } from '../../conformance/candidate.ts';
import { World } from '../../conformance/world.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
const broken: Candidate = {
  name: 'pop-then-write',
  isDurable: true,
  create: (setting) => new BrokenCache(setting),
};

test('P9 is broken: what was popped dies with the process', async () => {
  const world = new World<string>({ readMs: 0, writeMs: 20 });
  const killed = world.start(broken);
  await killed.cache.set('session:haruka', '/checkout');
  await world.pass(world.limits.maxDelayMs + 10);
  killed.crash();

  const next = world.start(broken);
  await world.outcome(next.cache.flush());

  expect(await next.cache.get('session:haruka')).toBeUndefined();
  expect(world.store.peek('session:haruka')).toBeUndefined();
});
// #endregion reproduction

test('a batch that fails while the process lives is put back', async () => {
  const world = new World<string>({ limits: { maxBatchSize: 1 } });
  const { cache } = world.start(broken);
  await cache.set('session:haruka', '/cart');
  await cache.set('session:haruka', '/checkout');

  world.store.decide(() => ({ error: new Error('connection reset') }));
  const { state } = await world.outcome(cache.flush());
  expect(state).toBe('failed');
  world.store.heal();
  await world.outcome(cache.flush());

  expect(world.store.peek('session:haruka')).toBe('/checkout');
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
