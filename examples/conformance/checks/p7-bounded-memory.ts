import { type Check, check } from '../check.ts';
import { eachWrite } from '../fates.ts';
import { waitsForRoom } from './waits-for-room.ts';

const failure = new Error('the database is down');

export const boundedMemory: readonly Check[] = [
  check(
    'P7',
    'no more keys wait than may, while the store hangs',
    { limits: { maxPending: 5 } },
    async (scene) => {
      scene.store.hang();
      for (let guest = 1; guest <= 20; guest++) {
        scene.cache.set(`guest-${guest}`, `Guest ${guest}`);
        await scene.pass(20);
      }
    },
  ),
  check(
    'P7',
    'no more keys wait than may, while the store fails',
    {
      limits: {
        maxPending: 5,
        retry: { attempts: 8, baseDelayMs: 50, maxDelayMs: 1000 },
      },
    },
    async (scene) => {
      scene.store.decide(eachWrite({ delayMs: 10, error: failure }));
      for (let guest = 1; guest <= 20; guest++) {
        scene.cache.set(`guest-${guest}`, `Guest ${guest}`);
        await scene.pass(20);
      }
    },
  ),
  ...waitsForRoom('P7'),
  check(
    'P7',
    'what waits for the store stays in memory, however much comes',
    { limits: { maxEntries: 3 } },
    async (scene) => {
      scene.store.decide(eachWrite({ hangs: true }));
      for (let guest = 1; guest <= 12; guest++) {
        await scene.set(`guest-${guest}`, `Guest ${guest}`);
      }
      for (let guest = 1; guest <= 12; guest++) {
        await scene.get(`guest-${guest}`);
      }
    },
  ),
  check(
    'P7',
    'what waits for the store stays in memory, however long it waits',
    {},
    async (scene) => {
      scene.store.decide(eachWrite({ hangs: true }));
      await scene.set('plan', 'pro');
      await scene.pass(70_000);
      await scene.get('plan');
    },
  ),
];
