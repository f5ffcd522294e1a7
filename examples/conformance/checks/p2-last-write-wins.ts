import { type Check, check, type Scene } from '../check.ts';
import { nextWrites } from '../fates.ts';

const failure = new Error('the transaction was rolled back');

export const lastWriteWins: readonly Check[] = [
  check(
    'P2',
    'a write that comes while an older one is on its way is the last',
    {},
    async (scene) => {
      await scene.set('plan', 'pro');
      scene.cache.flush();
      await scene.pass(10);
      await scene.set('plan', 'team');
      await scene.pass(500);
    },
  ),
  check(
    'P2',
    'a slow older write does not land on a newer one',
    {},
    async (scene) => {
      scene.store.decide(nextWrites(1, { delayMs: 300 }));
      await scene.set('plan', 'pro');
      await scene.pass(110);
      await scene.set('plan', 'team');
      await scene.pass(500);
    },
  ),
  check(
    'P2',
    'an older write that fails does not return over a newer one',
    {},
    async (scene) => {
      scene.store.decide(nextWrites(1, { delayMs: 20, error: failure }));
      await scene.set('plan', 'pro');
      scene.cache.flush();
      await scene.pass(10);
      await scene.set('plan', 'team');
      await scene.pass(500);
    },
  ),
  check(
    'P2',
    'an older write that is tried again does not land on a newer one',
    {
      limits: { retry: { attempts: 4, baseDelayMs: 200, maxDelayMs: 200 } },
    },
    async (scene) => {
      scene.store.decide(nextWrites(1, { delayMs: 20, error: failure }));
      await scene.set('plan', 'pro');
      scene.cache.flush();
      await scene.pass(30);
      await scene.set('plan', 'team');
      await scene.pass(1000);
    },
  ),
  check(
    'P2',
    'a set and a delete of one window keep their order',
    { rows: [['gone', 'row']] },
    async (scene) => {
      await scene.delete('back');
      await scene.set('back', 'again');
      await scene.set('gone', 'once more');
      await scene.delete('gone');
      await scene.flush();
    },
  ),
  {
    ...check(
      'P2',
      'no update is lost to another',
      { rows: [['plan', 'free']] },
      async (scene) => {
        await appendAll(scene, ['+1', '+2', '+3']);
        await appendAll(scene, ['+4', '+5', '+6']);
        await scene.flush();
      },
    ),
    needs: 'update',
  },
];

async function appendAll(scene: Scene, texts: readonly string[]) {
  const updates = texts.map((text) => scene.beginToAppend('plan', text));
  const { state } = await scene.wait(Promise.allSettled(updates));
  scene.expect(state !== 'open', 'all updates to end', 'one that does not');
}
