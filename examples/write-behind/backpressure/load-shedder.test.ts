import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { TimeoutError } from '../../shared/timeout.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { LoadShedder, OverloadedError } from './load-shedder.ts';

function setUp(maxCallers = 2) {
  const clock = new VirtualClock();
  const shedder = new LoadShedder({ clock, maxCallers, timeoutMs: 500 });
  return { clock, shedder };
}

const forever = () => new Promise<void>(() => {});

describe('work', () => {
  test('has its own outcome, and makes room for the next', async () => {
    const { shedder } = setUp(1);
    expect(await shedder.run(async () => 'done')).toBe('done');
    const failed = shedder.run(() => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    const thrown = shedder.run(() => {
      throw new Error('at once');
    });
    await expect(thrown).rejects.toThrow('at once');
    expect(await shedder.run(async () => 0)).toBe(0);
    expect(shedder.underWay).toBe(0);
  });

  test('does not begin where too many wait, and the caller hears', async () => {
    const { shedder } = setUp();
    void shedder.run(forever);
    void shedder.run(forever);
    let hasBegun = false;
    const refused = shedder.run(async () => {
      hasBegun = true;
    });
    await expect(refused).rejects.toThrow(
      new OverloadedError('2 callers wait already'),
    );
    expect(hasBegun).toBe(false);
  });
});

test('a deadline ends the wait, and the work keeps its place', async () => {
  const { clock, shedder } = setUp(1);
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const late = shedder.run(() => work);
  await expect(clock.until(late)).rejects.toThrow(TimeoutError);
  expect(clock.now()).toBe(500);
  const next = clock.until(shedder.run(forever));
  await expect(next).rejects.toThrow(OverloadedError);
  finish();
  await clock.advance(0);
  expect(await shedder.run(async () => 'in')).toBe('in');
});

test('work that fails after its deadline troubles nobody', async () => {
  const { clock, shedder } = setUp(1);
  const work = shedder.run(
    () =>
      new Promise((_, reject) => {
        clock.schedule(900, () => reject(new Error('too late')));
      }),
  );
  await expect(clock.until(work)).rejects.toThrow(TimeoutError);
  await clock.advance(1000);
  expect(shedder.underWay).toBe(0);
});

test('never more are under way than may be, whatever comes and ends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(
        fc.record({
          pauseMs: fc.integer({ min: 0, max: 300 }),
          workMs: fc.integer({ min: 0, max: 2000 }),
          fails: fc.boolean(),
        }),
        { maxLength: 40 },
      ),
      async (maxCallers, arrivals) => {
        const { clock, shedder } = setUp(maxCallers);
        let running = 0;
        let most = 0;
        for (const { pauseMs, workMs, fails } of arrivals) {
          await clock.advance(pauseMs);
          const hasRoom = running < maxCallers;
          let hasBegun = false;
          shedder
            .run(async () => {
              hasBegun = true;
              running += 1;
              most = Math.max(most, running);
              await new Promise<void>((end) => clock.schedule(workMs, end));
              running -= 1;
              if (fails) throw new Error('failed');
            })
            .catch(() => {});
          expect(hasBegun).toBe(hasRoom);
        }
        expect(most).toBeLessThanOrEqual(maxCallers);
        await clock.advance(2000);
        expect(shedder.underWay).toBe(0);
      },
    ),
    { numRuns: 100 },
  );
});

describe('in front of a cache that waits', () => {
  // #region bounds
  test('it bounds the callers that a stall holds up', async () => {
    const clock = new VirtualClock();
    const store = new InMemoryStore<string, number>({ clock });
    const cache = new WriteBehindCache({ store, clock, maxPending: 100 });
    const shedder = new LoadShedder({ clock, maxCallers: 20, timeoutMs: 2000 });
    const outcomes: Record<string, number> = {};
    const count = (outcome: string) => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };

    store.hang();
    for (let user = 0; user < 1000; user += 1) {
      shedder
        .run(() => cache.set(`session-${user}`, user))
        .then(
          () => count('acknowledged'),
          (error) => count(error.name),
        );
      await clock.advance(1);
    }
    await clock.advance(2000);

    expect(outcomes).toEqual({
      acknowledged: 100,
      TimeoutError: 20,
      OverloadedError: 880,
    });
    store.recover();
    await clock.advance(2000);
    expect(store.entries()).toHaveLength(120);
  });
  // #endregion bounds
});

test.each([
  [{ maxCallers: 0, timeoutMs: 1 }, 'maxCallers: expected a whole number'],
  [{ maxCallers: 1, timeoutMs: -1 }, 'timeoutMs: expected milliseconds'],
])('%j is refused', (options, message) => {
  expect(() => new LoadShedder(options)).toThrow(message);
});
