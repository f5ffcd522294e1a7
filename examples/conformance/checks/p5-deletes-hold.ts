import { type Check, check } from '../check.ts';
import { eachRead, nextWrites } from '../fates.ts';

const failure = new Error('the transaction was rolled back');
const rows: [string, string][] = [['session', 'row']];

export const deletesHold: readonly Check[] = [
  check(
    'P5',
    'a read finds nothing before, while and after the delete is stored',
    { rows },
    async (scene) => {
      await scene.delete('session');
      await scene.get('session');
      scene.cache.flush();
      await scene.pass(10);
      await scene.get('session');
      await scene.pass(15);
      await scene.get('session');
      await scene.pass(200);
      await scene.get('session');
    },
  ),
  check(
    'P5',
    'a read finds nothing while the store fails',
    { rows },
    async (scene) => {
      scene.store.decide(nextWrites(2, { delayMs: 20, error: failure }));
      await scene.delete('session');
      scene.cache.flush();
      for (let read = 0; read < 10; read++) {
        await scene.pass(15);
        await scene.get('session');
      }
    },
  ),
  check(
    'P5',
    'an old answer of the store does not bring the value back',
    { rows },
    async (scene) => {
      scene.store.decide(eachRead({ answerMs: 50 }));
      scene.cache.get('session');
      await scene.delete('session');
      await scene.pass(60);
      await scene.get('session');
      await scene.flush();
      await scene.get('session');
    },
  ),
  check(
    'P5',
    'an old answer does not bring back what is deleted in the store',
    { rows },
    async (scene) => {
      scene.store.decide(eachRead({ answerMs: 50 }));
      scene.cache.get('session');
      await scene.delete('session');
      await scene.flush();
      await scene.pass(60);
      await scene.get('session');
    },
  ),
];
