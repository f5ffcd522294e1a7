import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { type Session, SessionService } from './session-service.ts';

// #region interleavings
/** The same store, of which each step comes when the scheduler says so. */
function inAnyOrder<K, V>(
  store: Store<K, V>,
  scheduler: fc.Scheduler,
): Store<K, V> {
  const turn = (label: string) => scheduler.schedule(Promise.resolve(), label);
  return {
    async read(key) {
      await turn('ask');
      const row = await store.read(key);
      await turn('answer');
      return row;
    },
    async write(batch) {
      await turn('send');
      await store.write(batch);
      await turn('confirm');
    },
  };
}

test('a row that is read before a visit does not hide it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const store = new InMemoryStore<string, Session>({
        rows: [['linh', { page: '/home', seenAt: 0 }]],
      });
      const sessions = new SessionService({
        store: inAnyOrder(store, scheduler),
        clock: new VirtualClock(),
      });
      const early = sessions.find('linh');
      const saved = sessions.visit('linh', '/cart').then(() => sessions.stop());
      await scheduler.waitFor(Promise.all([early, saved]));

      const found = await scheduler.waitFor(sessions.find('linh'));
      expect(found?.page).toBe('/cart');
    }),
  );
});
// #endregion interleavings
