import { type Begin, type Check, check, type Scene } from '../check.ts';
import { eachWrite, writesOf } from '../fates.ts';

const failure = new Error('the transaction was rolled back');

const rows: [string, string][] = [
  ['seat', 'row'],
  ['session', 'row'],
];
/** Carried out after 10 ms, and answered 15 ms later: a crash fits between. */
const options = {
  rows,
  decide: eachWrite({ delayMs: 10, answerMs: 15 }),
};
const keys = ['plan', 'seat', 'session', 'theme'];

/** Writes that coalesce, that overlap with a batch, and that delete. */
function beginHistory(scene: Scene): Promise<unknown>[] {
  const { cache } = scene;
  const calls: [number, () => Promise<unknown>][] = [
    [0, () => cache.set('plan', 'pro')],
    [0, () => cache.set('theme', 'dark')],
    [30, () => cache.set('plan', 'team')],
    [60, () => cache.delete('session')],
    [105, () => cache.set('theme', 'light')],
    [115, () => cache.delete('plan')],
    [150, () => cache.set('seat', '12A')],
    [160, () => cache.set('plan', 'free')],
    [170, () => cache.delete('seat')],
    [225, () => cache.set('seat', '14C')],
  ];
  return calls.map(
    ([ms, run]) =>
      new Promise((resolve) => {
        scene.after(ms, () => resolve(run()));
      }),
  );
}

async function recover(scene: Scene): Promise<void> {
  await scene.restart();
  await scene.flush();
  for (const key of keys) await scene.get(key);
}

/** Plays what follows once for each moment, until one is not survived. */
async function atEachMoment(
  begin: Begin,
  moments: { readonly endMs: number; readonly stepMs: number },
  play: (scene: Scene, ms: number) => Promise<void>,
): Promise<void> {
  for (let ms = 1; ms < moments.endMs; ms += moments.stepMs) {
    const scene = begin(options);
    await play(scene, ms);
    await scene.end();
    if (scene.findings.length > 0) return;
  }
}

export const crashes: readonly Check[] = [
  {
    promise: 'P9',
    name: 'what was acknowledged survives, whenever the process dies',
    play: (begin) =>
      atEachMoment(begin, { endMs: 300, stepMs: 4 }, async (scene, ms) => {
        beginHistory(scene);
        await scene.pass(ms);
        scene.crash();
        await recover(scene);
      }),
  },
  {
    promise: 'P9',
    name: 'what was acknowledged a moment ago survives',
    async play(begin) {
      for (let index = 0; index < 10; index++) {
        const scene = begin(options);
        const call = beginHistory(scene)[index];
        call?.then(() => scene.crash());
        await scene.pass(300);
        await recover(scene);
        await scene.end();
        if (scene.findings.length > 0) return;
      }
    },
  },
  {
    promise: 'P9',
    name: 'what the store has failed to take survives, unlike its neighbours',
    async play(begin) {
      for (let ms = 1; ms < 250; ms += 8) {
        const scene = begin({ limits: { maxBatchSize: 1 } });
        scene.store.decide(writesOf('plan', { delayMs: 20, error: failure }));
        await scene.set('plan', 'pro');
        await scene.set('seat', '12A');
        await scene.pass(ms);
        scene.crash();
        scene.store.heal();
        await recover(scene);
        await scene.end();
        if (scene.findings.length > 0) return;
      }
    },
  },
  {
    promise: 'P9',
    name: 'a second crash, while the first is made good, does no harm',
    play: (begin) =>
      atEachMoment(begin, { endMs: 140, stepMs: 4 }, async (scene, ms) => {
        beginHistory(scene);
        await scene.pass(117);
        scene.crash();
        await scene.restart();
        scene.after(ms % 20, () => scene.cache.set('theme', 'sepia'));
        scene.cache.flush();
        await scene.pass(ms);
        scene.crash();
        await recover(scene);
      }),
  },
  {
    promise: 'P9',
    name: 'what is stored twice does not return over a newer write',
    play: (begin) =>
      atEachMoment(begin, { endMs: 30, stepMs: 4 }, async (scene, ms) => {
        await scene.set('plan', 'pro');
        scene.cache.flush();
        await scene.pass(ms);
        scene.crash();
        await scene.restart();
        await scene.flush();
        await scene.set('plan', 'team');
        await scene.flush();
        scene.crash();
        await recover(scene);
      }),
  },
  check(
    'P9',
    'the last of many writes survives, not an earlier one',
    {},
    async (scene) => {
      for (let score = 1; score <= 20; score++) await scene.set('plan', score);
      scene.crash();
      await recover(scene);
    },
  ),
  check('P9', 'a delete survives', { rows }, async (scene) => {
    await scene.delete('session');
    scene.crash();
    await recover(scene);
  }),
  check(
    'P9',
    'a read after the restart returns what was acknowledged',
    { rows },
    async (scene) => {
      await scene.set('seat', '12A');
      const read = await scene.get('seat');
      // A cache that returns no write of its own breaks another promise.
      if (read.state !== 'done' || read.result !== '12A') return;
      scene.crash();
      await scene.restart();
      await scene.get('seat');
    },
  ),
];
