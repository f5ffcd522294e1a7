import { type Check, check } from '../check.ts';
import { nextWrites } from '../fates.ts';

const failure = new Error('the transaction was rolled back');

export const nothingVanishes: readonly Check[] = [
  check(
    'P3',
    'a flush ends when all is stored, in as many batches as it takes',
    { limits: { maxBatchSize: 10 } },
    async (scene) => {
      for (let guest = 1; guest <= 35; guest++) {
        scene.cache.set(`guest-${guest}`, `Guest ${guest}`);
      }
      await scene.pass(0);
      await scene.flush();
    },
  ),
  check(
    'P3',
    'a flush waits for what is on its way already',
    {},
    async (scene) => {
      await scene.set('plan', 'pro');
      scene.cache.flush();
      await scene.pass(10);
      await scene.flush();
    },
  ),
  check('P3', 'a batch that fails comes again', {}, async (scene) => {
    scene.store.decide(nextWrites(2, { delayMs: 20, error: failure }));
    await scene.set('plan', 'pro');
    await scene.set('seat', '12A');
    await scene.pass(300);
    await scene.flush();
  }),
  check('P3', 'a flush does not hide that it failed', {}, async (scene) => {
    scene.store.decide(nextWrites(1, { delayMs: 20, error: failure }));
    await scene.set('plan', 'pro');
    await scene.flush();
  }),
  check(
    'P3',
    'what the store refuses of a batch comes again',
    {},
    async (scene) => {
      scene.store.decide(nextWrites(1, { delayMs: 20, refused: ['seat'] }));
      await scene.set('plan', 'pro');
      await scene.set('seat', '12A');
      await scene.pass(300);
      await scene.flush();
    },
  ),
  check(
    'P3',
    'the end of a write says nothing of a newer one',
    {},
    async (scene) => {
      await scene.set('plan', 'pro');
      scene.cache.flush();
      await scene.pass(10);
      await scene.set('plan', 'team');
      await scene.pass(15);
      await scene.flush();
    },
  ),
];
