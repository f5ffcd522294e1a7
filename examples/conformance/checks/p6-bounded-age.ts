import { type Check, check } from '../check.ts';
import { eachWrite, writesOf } from '../fates.ts';

export const boundedAge: readonly Check[] = [
  check('P6', 'a lone write sets out by itself', {}, async (scene) => {
    await scene.set('plan', 'pro');
    await scene.pass(300);
  }),
  check(
    'P6',
    'a key that is written all the time sets out nevertheless',
    {},
    async (scene) => {
      for (let score = 1; score <= 20; score++) {
        await scene.set('score', score);
        await scene.pass(40);
      }
    },
  ),
  check('P6', 'a write that hangs holds up no other key', {}, async (scene) => {
    scene.store.decide(writesOf('hung', { hangs: true }));
    await scene.set('hung', 'for long');
    await scene.pass(150);
    await scene.set('plan', 'pro');
    await scene.pass(300);
  }),
  check(
    'P6',
    'slow batches set out side by side',
    { limits: { maxBatchSize: 10 } },
    async (scene) => {
      scene.store.decide(eachWrite({ delayMs: 90 }));
      for (let guest = 1; guest <= 50; guest++) {
        scene.cache.set(`guest-${guest}`, `Guest ${guest}`);
      }
      await scene.pass(500);
    },
  ),
  check(
    'P6',
    'a write that came while its key was on its way follows by itself',
    {},
    async (scene) => {
      await scene.set('plan', 'pro');
      await scene.pass(110);
      await scene.set('plan', 'team');
      await scene.pass(400);
    },
  ),
];
