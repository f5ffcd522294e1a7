import { type Check, check, type Scene } from '../check.ts';
import { nextWrites, writesOf } from '../fates.ts';
import type { Fate } from '../faulty-store.ts';
import { operationsIn } from '../referee.ts';

const refusal = new Error('the value is too long');
const permanentRefusal = Object.assign(new Error('the value is too long'), {
  permanent: true,
});

/** The ways in which a store says that it will not have a row. */
const poisons: readonly {
  readonly name: string;
  readonly fate: Fate;
  readonly attempts: number;
}[] = [
  {
    name: 'is refused by name',
    fate: { delayMs: 20, refused: ['bad'] },
    attempts: 4,
  },
  {
    name: 'is refused by name and for good',
    fate: { delayMs: 20, refused: ['bad'], isPermanent: true },
    attempts: 1,
  },
  {
    name: 'fails its batch without a name',
    fate: { delayMs: 20, error: refusal },
    attempts: 4,
  },
  {
    name: 'fails its batch for good without a name',
    fate: { delayMs: 20, error: permanentRefusal },
    attempts: 4,
  },
];

export const poisonIsolation: readonly Check[] = [
  ...poisons.map(({ name, fate, attempts }) =>
    check('P8', `a row that ${name} stands alone`, {}, async (scene) => {
      let tries = 0;
      const poison = writesOf('bad', fate);
      scene.store.decide((call) => {
        const decided = poison(call);
        if (decided !== undefined) tries += 1;
        return decided;
      });
      await scene.set('one', 'good');
      await scene.set('bad', 'too long');
      await scene.set('two', 'good');
      await scene.pass(150);
      await scene.set('three', 'good');
      // More than all attempts and all the delays between them need.
      await scene.pass(1000);
      expectStored(scene, ['one', 'two', 'three']);
      expectLetters(scene, 1);
      scene.expect(
        tries <= attempts,
        `at most ${attempts} attempts of a row that ${name}`,
        String(tries),
      );
    }),
  ),
  check(
    'P8',
    'a later write of a key has attempts of its own',
    {},
    async (scene) => {
      scene.store.decide(nextWrites(6, { delayMs: 20, refused: ['bad'] }));
      await scene.set('bad', 'refused four times');
      await scene.pass(1000);
      expectLetters(scene, 1);
      await scene.set('bad', 'good');
      await scene.pass(1000);
      expectLetters(scene, 1);
      expectStored(scene, ['bad']);
    },
  ),
  {
    promise: 'P8',
    name: 'a dead letter that is not taken is not lost',
    async play(begin) {
      let refusals = 1;
      const scene = begin({
        decide: writesOf('bad', { refused: ['bad'], isPermanent: true }),
        takeLetter() {
          refusals -= 1;
          if (refusals >= 0) throw new Error('the dead letter table is full');
        },
      });
      await scene.set('bad', 'too long');
      await scene.pass(1000);
      const closing = scene.cache.close({ timeoutMs: 1000 });
      const end = await scene.wait(closing);
      const reported = end.state === 'done' ? operationsIn(end.result) : [];
      scene.expect(
        scene.letters.length + reported.length > 0,
        'the dead letter to be offered again, or reported by close',
        'neither',
      );
      await scene.end();
    },
  },
];

function expectStored(scene: Scene, keys: readonly string[]): void {
  const missing = keys.filter((key) => scene.store.peek(key) !== 'good');
  const expected = `${keys.join(', ')} in the store`;
  scene.expect(missing.length === 0, expected, `no ${missing.join(', ')}`);
}

function expectLetters(scene: Scene, count: number): void {
  const keys = scene.letters.map(({ operation }) => operation.key);
  const isKept = keys.length === count && keys.every((key) => key === 'bad');
  const expected = count === 1 ? 'one dead letter' : `${count} dead letters`;
  const got = keys.length === 0 ? 'none' : `those of ${keys.join(', ')}`;
  scene.expect(isKept, `${expected}, of 'bad'`, got);
}
