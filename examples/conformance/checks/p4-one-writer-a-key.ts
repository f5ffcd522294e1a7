import { type Check, check } from '../check.ts';
import { eachWrite, nextWrites } from '../fates.ts';

const failure = new Error('the transaction was rolled back');

export const oneWriterAKey: readonly Check[] = [
  check(
    'P4',
    'a slow write stays alone while the key is written again',
    {},
    async (scene) => {
      scene.store.decide(eachWrite({ delayMs: 500 }));
      for (let version = 1; version <= 12; version++) {
        await scene.set('plan', `plan ${version}`);
        await scene.pass(30);
      }
      await scene.pass(1000);
    },
  ),
  check(
    'P4',
    'a slow write stays alone, although flushes are asked for',
    {},
    async (scene) => {
      scene.store.decide(eachWrite({ delayMs: 500 }));
      await scene.set('plan', 'pro');
      scene.cache.flush();
      await scene.pass(10);
      scene.cache.flush();
      await scene.set('plan', 'team');
      scene.cache.flush();
      await scene.pass(1500);
    },
  ),
  check('P4', 'what is tried again stays alone', {}, async (scene) => {
    scene.store.decide(nextWrites(2, { delayMs: 20, error: failure }));
    await scene.set('plan', 'pro');
    scene.cache.flush();
    for (let version = 1; version <= 12; version++) {
      await scene.pass(7);
      await scene.set('plan', `plan ${version}`);
      scene.cache.flush();
    }
    await scene.pass(500);
  }),
];
