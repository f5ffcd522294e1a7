import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { build as buildAfter } from './after.ts';
import { build as buildBefore } from './before.ts';
import { pageViews, type Session, sessions } from './shop.ts';
import type { World } from './story.ts';

const buyer: Session = { id: 'buyer', userId: 'linh', notice: '' };

const everything = ['buy', 'view', 'visit'] as const;

function historyOf(things: readonly (typeof everything)[number][]) {
  return fc.record({
    steps: fc.array(
      fc.record({
        afterMs: fc.integer({ min: 0, max: 3000 }),
        step: fc.constantFrom(...things),
      }),
      { minLength: 1, maxLength: 30 },
    ),
    crashAfterMs: fc.integer({ min: 0, max: 6000 }),
  });
}

// #region crash
/** A batch may wait for the one before it, and then takes as long. */
const twoBatchesMs = 2 * 20;

function survivesCrashes(
  build: (clock: VirtualClock) => World,
  things: readonly (typeof everything)[number][] = everything,
) {
  return fc.assert(
    fc.asyncProperty(historyOf(things), async ({ steps, crashAfterMs }) => {
      const clock = new VirtualClock();
      const world = build(clock);
      const shop = world.open('a');
      const asked = { buy: 0, acknowledged: 0 };
      const views: number[] = [];
      const visits: number[] = [];
      for (const { afterMs, step } of steps) {
        await clock.advance(afterMs);
        if (step === 'buy') {
          asked.buy += 1;
          const bought = () => {
            asked.acknowledged += 1;
          };
          shop.buy(buyer, 1).then(bought, () => {});
        } else if (step === 'view') {
          views.push(clock.now());
          void shop.view('/lamp');
        } else {
          visits.push(clock.now());
          const notice = String(clock.now());
          void shop.visit({ id: 's1', userId: 'linh', notice });
        }
      }
      await clock.advance(crashAfterMs);

      const stored = world.stored();
      const paid = 10_000 - stored.cents;
      expect(paid, 'payments').toBeGreaterThanOrEqual(asked.acknowledged);
      expect(paid, 'payments').toBeLessThanOrEqual(asked.buy);
      const before = (ms: number) => (time: number) =>
        time < clock.now() - ms - twoBatchesMs;
      const oldViews = views.filter(before(pageViews.mayLoseMs)).length;
      expect(stored.views).toBeGreaterThanOrEqual(oldViews);
      expect(stored.views).toBeLessThanOrEqual(views.length);
      const oldVisit = visits.findLast(before(sessions.mayLoseMs)) ?? 0;
      expect(Number(stored.notice ?? 0)).toBeGreaterThanOrEqual(oldVisit);
    }),
  );
}
// #endregion crash

test('a crash takes views and sessions of their windows, and no payment', async () => {
  await survivesCrashes(buildAfter);
});

test('with one cache for all, it takes a payment', async () => {
  const bought = survivesCrashes(buildBefore, ['buy']);
  await expect(bought).rejects.toMatchObject({
    cause: { message: expect.stringContaining('payments') },
  });
});
