import { type Check, check } from '../check.ts';
import { eachWrite } from '../fates.ts';
import { waitsForRoom } from './waits-for-room.ts';

const failure = new Error('the database is down');

export const acknowledgementIsIndependent: readonly Check[] = [
  check(
    'P12',
    'a write is acknowledged at once while the store hangs',
    {},
    async (scene) => {
      scene.store.hang();
      await scene.set('plan', 'pro');
      await scene.delete('session');
      await scene.pass(150);
      await scene.set('plan', 'team');
      await scene.delete('plan');
    },
  ),
  check(
    'P12',
    'a write is acknowledged at once while a batch is on its way',
    {},
    async (scene) => {
      scene.store.decide(eachWrite({ delayMs: 50 }));
      await scene.set('plan', 'pro');
      scene.cache.flush();
      await scene.pass(5);
      await scene.set('plan', 'team');
      await scene.set('seat', '12A');
      await scene.delete('session');
    },
  ),
  check(
    'P12',
    'the write that fills a batch is acknowledged at once',
    { limits: { maxBatchSize: 10 } },
    async (scene) => {
      for (let guest = 1; guest <= 25; guest++) {
        await scene.set(`guest-${guest}`, `Guest ${guest}`);
      }
    },
  ),
  check(
    'P12',
    'a write is acknowledged while the store fails',
    {
      limits: { maxBatchSize: 10 },
    },
    async (scene) => {
      scene.store.decide(eachWrite({ delayMs: 0, error: failure }));
      for (let guest = 1; guest <= 25; guest++) {
        await scene.set(`guest-${guest}`, `Guest ${guest}`);
      }
    },
  ),
  {
    ...check(
      'P12',
      'an update of a known key is acknowledged at once',
      { rows: [['plan', 'free']] },
      async (scene) => {
        await scene.get('plan');
        scene.store.hang();
        const updating = scene.beginToAppend('plan', '+1');
        scene.expect(
          await scene.isImmediate(updating),
          "update('plan') to be acknowledged at once: its value is known",
          'a wait',
        );
      },
    ),
    needs: 'update',
  },
  ...waitsForRoom('P12'),
];
