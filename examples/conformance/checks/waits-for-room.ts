import type { PromiseId } from '../candidate.ts';
import { type Check, check, type Scene } from '../check.ts';
import { nextWrites } from '../fates.ts';

const failure = new Error('the database restarts');
const limits = { maxPending: 3, maxBatchSize: 2 };

/** A write at the bound may wait, or be refused; but not for ever. */
export function waitsForRoom(promise: PromiseId): readonly Check[] {
  return [
    check(
      promise,
      'a write that found no room is answered when there is room again',
      { limits },
      async (scene) => {
        scene.store.hang();
        const writes = fillUp(scene);
        await scene.pass(300);
        scene.store.recover();
        await expectAnswers(scene, writes);
      },
    ),
    check(
      promise,
      'a write that found no room is answered, although batches failed',
      { limits },
      async (scene) => {
        scene.store.decide(nextWrites(2, { delayMs: 20, error: failure }));
        await expectAnswers(scene, fillUp(scene));
      },
    ),
  ];
}

function fillUp({ cache }: Scene): Promise<void>[] {
  const guests = Array.from({ length: 9 }, (_, index) => `guest-${index + 1}`);
  return guests.map((guest) => cache.set(guest, `of ${guest}`));
}

async function expectAnswers(
  scene: Scene,
  writes: readonly Promise<void>[],
): Promise<void> {
  const { state } = await scene.wait(Promise.allSettled(writes));
  scene.expect(
    state !== 'open',
    'each write that waits for room to be answered, since the store is well',
    'at least one that still waits',
  );
}
