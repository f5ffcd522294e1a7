import { expect, test } from 'vitest';
import type { Candidate } from '../../conformance/candidate.ts';
import { World } from '../../conformance/world.ts';
import { demo, FixedCache } from './fixed.ts';

const fixed: Candidate = {
  name: 'pop-then-write, mended',
  isDurable: true,
  create: (setting) => new FixedCache(setting),
};

test('P9 is kept: what was on its way goes with the next process', async () => {
  const world = new World<string>({ readMs: 0, writeMs: 20 });
  const killed = world.start(fixed);
  await killed.cache.set('session:haruka', '/checkout');
  await world.pass(world.limits.maxDelayMs + 10);
  killed.crash();

  const next = world.start(fixed);
  expect(await next.cache.get('session:haruka')).toBe('/checkout');
  await world.outcome(next.cache.flush());

  expect(world.store.peek('session:haruka')).toBe('/checkout');
});

test('a batch that landed unheard is written again, and harms nothing', async () => {
  const world = new World<string>();
  const killed = world.start(fixed);
  world.store.decide(() => ({ delayMs: 5, answerMs: 20 }));
  await killed.cache.set('session:haruka', '/cart');
  await world.pass(world.limits.maxDelayMs + 10);
  await killed.cache.set('session:haruka', '/checkout');
  expect(world.store.peek('session:haruka')).toBe('/cart');
  killed.crash();

  const next = world.start(fixed);
  await world.outcome(next.cache.flush());

  expect(world.store.peek('session:haruka')).toBe('/checkout');
});

// Two batches go out, at 100 ms and at 200 ms.
test.each([0, 50, 99, 101, 110, 119, 121, 150, 201, 210, 221])(
  'killed after %i ms, and again while it replays, it loses nothing',
  async (ms) => {
    const world = new World<string>({
      rows: [['session:minh', '/home']],
      writeMs: 20,
      limits: { maxBatchSize: 2 },
    });
    const killed = world.start(fixed);
    await killed.cache.set('session:linh', '/home');
    await killed.cache.set('session:haruka', '/cart');
    await killed.cache.set('session:haruka', '/checkout');
    await killed.cache.delete('session:minh');
    await world.pass(ms);
    killed.crash();

    const again = world.start(fixed);
    await world.pass(world.limits.maxDelayMs + 10);
    again.crash();
    const last = world.start(fixed);
    await world.finish(last);

    const broken = world.referee.findings.map((it) => it.promise);
    expect(broken).not.toContain('P9');
    expect(world.store.entries()).toEqual([
      ['session:linh', '/home'],
      ['session:haruka', '/checkout'],
    ]);
  },
);

test('a batch that failed keeps its turn, and the later value wins', async () => {
  const world = new World<string>({ limits: { maxBatchSize: 1 } });
  const { cache } = world.start(fixed);
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
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
