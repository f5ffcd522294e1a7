import { type Check, check, type Scene } from '../check.ts';
import { eachWrite, nextWrites } from '../fates.ts';
import { show } from '../finding.ts';

const failure = new Error('the database restarts');

export const drain: readonly Check[] = [
  check('P10', 'a write is refused once it closes', {}, async (scene) => {
    await scene.set('plan', 'pro');
    const closing = scene.cache.close();
    scene.cache.set('plan', 'team');
    scene.cache.delete('seat');
    await scene.wait(closing);
    await scene.set('theme', 'dark');
    await scene.delete('theme');
  }),
  check(
    'P10',
    'close brings all home, in as many batches as it takes',
    { limits: { maxBatchSize: 10 } },
    async (scene) => {
      for (let guest = 1; guest <= 35; guest++) {
        scene.cache.set(`guest-${guest}`, `Guest ${guest}`);
      }
      await scene.pass(0);
      await scene.wait(scene.cache.close());
      expectStored(scene, 'guest-35', 'Guest 35');
    },
  ),
  check(
    'P10',
    'close waits for what is on its way, and for what came meanwhile',
    {},
    async (scene) => {
      await scene.set('plan', 'pro');
      scene.cache.flush();
      await scene.pass(5);
      await scene.set('plan', 'team');
      await scene.pass(5);
      await scene.wait(scene.cache.close());
      expectStored(scene, 'plan', 'team');
    },
  ),
  check('P10', 'close tries again what fails', {}, async (scene) => {
    scene.store.decide(nextWrites(1, { delayMs: 20, error: failure }));
    await scene.set('plan', 'pro');
    await scene.wait(scene.cache.close({ timeoutMs: 5000 }));
    expectStored(scene, 'plan', 'pro');
  }),
  check(
    'P10',
    'close ends in time although the store hangs, and says what is left',
    {},
    async (scene) => {
      scene.store.decide(eachWrite({ hangs: true }));
      await scene.set('plan', 'pro');
      scene.cache.flush();
      await scene.pass(5);
      await scene.set('seat', '12A');
      await scene.wait(scene.cache.close({ timeoutMs: 500 }), 2000);
    },
  ),
  check('P10', 'closing again gives the same', {}, async (scene) => {
    await scene.set('plan', 'pro');
    const calls = [scene.cache.close(), scene.cache.close()];
    await scene.wait(Promise.allSettled(calls));
    calls.push(scene.cache.close());
    const ends: string[] = [];
    for (const call of calls) ends.push(JSON.stringify(await scene.wait(call)));
    scene.expect(
      new Set(ends).size === 1,
      'the same end of each close',
      ends.join(' and '),
    );
  }),
];

/** Nothing is given up as long as the store is well and there is time. */
function expectStored(scene: Scene, key: string, value: string): void {
  const stored = scene.store.peek(key);
  const expected = `'${value}' in the store once close resolves`;
  scene.expect(stored === value, expected, show(stored));
}
