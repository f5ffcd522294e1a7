import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { log, jobs as versioned } from './after.ts';
import { jobs as blind } from './before.ts';
import { JobQueue } from './job-queue.ts';
import type { OpenQueue, Prices, Write } from './story.ts';

// #region orders
test('a job queue ends with an old price, without versions', async () => {
  const broken = await fc.check(lastWriteWins(blind), { seed: 1 });
  expect(broken.failed).toBe(true);
});

test('one at a time, without a failure, ends with the last one', () =>
  fc.assert(lastWriteWins(blind, fc.constant('works'))));

test('two at a time end with an old one, even without a failure', async () => {
  const two: OpenQueue = async (prices, clock) => {
    const work = (write: Write) => prices.put(write);
    const queue = new JobQueue<Write>({ clock, work, concurrency: 2 });
    return async (write) => queue.add(write);
  };
  const works = fc.constant('works' as const);
  const broken = await fc.check(lastWriteWins(two, works), { seed: 1 });
  expect(broken.failed).toBe(true);
});

test('with versions, a job queue ends with the last one', () =>
  fc.assert(lastWriteWins(versioned)));

test('with versions, a log ends with the last one', () =>
  fc.assert(lastWriteWins(log)));
// #endregion orders

test('a log ends with the last one even without versions', () => {
  const forgetful: OpenQueue = (prices, clock) => {
    const write: Prices['write'] = async (batch) => {
      for (const operation of batch) {
        if (operation.type === 'set') await prices.put(operation);
      }
    };
    return log({ ...prices, write }, clock);
  };
  return fc.assert(lastWriteWins(forgetful));
});

type Outcome = 'works' | 'fails' | 'answer is lost';

const anyOutcome = fc.constantFrom<Outcome>('works', 'fails', 'answer is lost');

/** Whatever fails, the row of each key is the last that was accepted. */
function lastWriteWins(
  open: OpenQueue,
  outcome: fc.Arbitrary<Outcome> = anyOutcome,
) {
  const step = fc.record({
    key: fc.constantFrom('a', 'b'),
    value: fc.nat(99),
    pauseMs: fc.constantFrom(0, 5, 500, 2000),
  });
  const attempt = fc.record({ outcome, takesMs: fc.constantFrom(1, 10, 800) });
  return fc.asyncProperty(
    fc.array(step, { minLength: 1, maxLength: 8 }),
    // With two faults at most, no job uses up its three attempts.
    fc.array(attempt, { maxLength: 2 }),
    async (steps, attempts) => {
      const clock = new VirtualClock();
      const rows = new InMemoryStore<string, number>();
      const accept = await open(pricesOf(rows, clock, attempts), clock);
      const last = new Map<string, number>();
      for (const [index, { key, value, pauseMs }] of steps.entries()) {
        await accept({ type: 'set', key, value, version: index + 1 });
        last.set(key, value);
        await clock.advance(pauseMs);
      }
      await clock.advance(60_000);
      for (const [key, value] of last) expect(rows.peek(key)).toBe(value);
    },
  );
}

interface Attempt {
  readonly outcome: Outcome;
  readonly takesMs: number;
}

/** Attempts go as planned, one after the other; then all is well. */
function pricesOf(
  rows: InMemoryStore<string, number>,
  clock: VirtualClock,
  attempts: readonly Attempt[],
): Prices {
  const planned = [...attempts];
  const carryOut = async (write: () => void) => {
    const attempt = planned.shift();
    await sleep(clock, attempt?.takesMs ?? 1);
    if (attempt?.outcome !== 'fails') write();
    if (attempt !== undefined && attempt.outcome !== 'works') {
      throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    }
  };
  return {
    put: (write) => carryOut(() => rows.commit(write)),
    write: (batch) =>
      carryOut(() => {
        for (const operation of batch) rows.carryOut(operation);
      }),
  };
}
