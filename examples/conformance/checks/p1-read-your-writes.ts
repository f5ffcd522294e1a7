import { type Check, check } from '../check.ts';
import { eachRead, eachWrite, nextWrites } from '../fates.ts';

const failure = new Error('the connection was lost');
const rows: [string, string][] = [['plan', 'free']];

export const readYourWrites: readonly Check[] = [
  check(
    'P1',
    'a read returns the last write before, while and after it is stored',
    { rows },
    async (scene) => {
      await scene.get('plan');
      await scene.set('plan', 'pro');
      await scene.get('plan');
      scene.cache.flush();
      await scene.pass(10);
      await scene.get('plan');
      await scene.set('plan', 'team');
      await scene.get('plan');
      await scene.pass(15);
      await scene.get('plan');
      await scene.pass(200);
      await scene.get('plan');
    },
  ),
  check(
    'P1',
    'a read returns the last write while the store fails',
    { rows },
    async (scene) => {
      scene.store.decide(nextWrites(2, { delayMs: 20, error: failure }));
      await scene.set('plan', 'pro');
      scene.cache.flush();
      for (let read = 0; read < 10; read++) {
        await scene.pass(15);
        await scene.get('plan');
      }
    },
  ),
  check(
    'P1',
    'an old answer of the store does not replace a write',
    { rows },
    async (scene) => {
      scene.store.decide(eachRead({ answerMs: 50 }));
      scene.cache.get('plan');
      await scene.set('plan', 'pro');
      await scene.pass(60);
      await scene.get('plan');
      await scene.flush();
      await scene.get('plan');
    },
  ),
  check(
    'P1',
    'an old answer of the store does not replace a write that is stored',
    { rows },
    async (scene) => {
      scene.store.decide(eachRead({ answerMs: 50 }));
      scene.cache.get('plan');
      await scene.set('plan', 'pro');
      await scene.flush();
      await scene.pass(60);
      await scene.get('plan');
    },
  ),
  check(
    'P1',
    'a read of what only memory has does not need the store',
    { rows },
    async (scene) => {
      scene.store.decide(({ type }) =>
        type === 'read' ? { error: failure } : { hangs: true },
      );
      await scene.set('plan', 'pro');
      await scene.get('plan');
      await scene.pass(150);
      await scene.get('plan');
    },
  ),
  check(
    'P1',
    'a read returns the last write, whatever comes and however long it waits',
    { rows, limits: { maxEntries: 3 } },
    async (scene) => {
      scene.store.decide(eachWrite({ hangs: true }));
      await scene.set('plan', 'pro');
      for (let guest = 1; guest <= 12; guest++) {
        await scene.set(`guest-${guest}`, `Guest ${guest}`);
      }
      await scene.get('plan');
      await scene.pass(70_000);
      await scene.get('plan');
    },
  ),
  {
    ...check(
      'P1',
      'an update starts from the last write',
      { rows },
      async (scene) => {
        await scene.append('plan', '+1');
        await scene.append('plan', '+2');
        scene.cache.flush();
        await scene.pass(10);
        await scene.append('plan', '+3');
        await scene.pass(200);
        await scene.append('plan', '+4');
      },
    ),
    needs: 'update',
  },
];
