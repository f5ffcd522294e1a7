import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { OneMapQueue } from './before.ts';
import type { Combine, WriteChanges } from './change.ts';
import { ChangeTable } from './change-table.ts';
import { CoalescingQueue } from './coalescing-queue.ts';
import { addedCounts, lastValue, mergedFields } from './forms.ts';
import type { Queue } from './story.ts';

const anyKey = fc.constantFrom('lamp', 'chair');
const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ add: anyKey, count: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ waitMs: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ flush: true }) },
);

interface Form<R, C> {
  readonly combine: Combine<C>;
  readonly changeOf: (count: number) => C;
  readonly apply: (row: R | undefined, change: C) => R;
}

type Fields = Partial<Record<string, number>>;

const value: Form<number, number> = {
  combine: lastValue,
  changeOf: (count) => count,
  apply: (_, value) => value,
};
const fields: Form<Fields, Fields> = {
  combine: (earlier, later) => mergedFields<Fields>(earlier, later),
  changeOf: (count) => ({ [`field${count % 3}`]: count }),
  apply: (row, patch) => ({ ...row, ...patch }),
};
const counts: Form<number, number> = {
  combine: addedCounts,
  changeOf: (count) => count,
  apply: (row = 0, count) => row + count,
};

type Open = <C>(
  combine: Combine<C>,
  write: WriteChanges<string, C>,
  clock: VirtualClock,
) => Queue<C>;

const openQueue: Open = (combine, write, clock) =>
  new CoalescingQueue({
    ...{ combine, write, clock, windowMs: 25, retryMs: 10 },
    onError: () => {},
  });
const openNaive: Open = (combine, write) => new OneMapQueue(combine, write);

/** The table must hold what it would if each change were applied by itself. */
async function holds<R, C>(open: Open, form: Form<R, C>): Promise<void> {
  const { combine, changeOf, apply } = form;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 30 }), async (steps) => {
      const clock = new VirtualClock();
      const table = new ChangeTable<R, C>({ writeMs: 20, clock, apply });
      const queue = open(combine, (batch) => table.write(batch), clock);
      const expected = new Map<string, R>();
      let isWriting = false;
      const flush = async () => {
        if (isWriting) return;
        isWriting = true;
        await queue.flush().catch(() => {});
        isWriting = false;
      };
      for (const step of steps) {
        if ('add' in step) {
          const change = changeOf(step.count);
          queue.add(step.add, change);
          expected.set(step.add, apply(expected.get(step.add), change));
        } else if ('waitMs' in step) {
          await clock.advance(step.waitMs);
        } else if ('fails' in step) {
          const error = new Error('connection reset');
          if (step.fails) table.store.failNextWrites(error);
          else table.store.loseNextAnswers(error);
        } else {
          void flush();
        }
      }
      // Each error makes one attempt fail, and there are no more than steps.
      for (const _ of [...steps, 'the last']) {
        await clock.until(queue.flush().catch(() => {}));
      }
      expect(Object.fromEntries(table.store.entries())).toEqual(
        Object.fromEntries(expected),
      );
    }),
    { numRuns: 300, seed: 1 },
  );
}

test('last values are right, whatever fails', () => holds(openQueue, value));
test('merged fields are right, whatever fails', () => holds(openQueue, fields));
test('added counts are right, whatever fails', () => holds(openQueue, counts));

test('one map for all is right for last values', () => holds(openNaive, value));
test('one map for all counts what was sent twice', async () => {
  await expect(holds(openNaive, counts)).rejects.toThrow('Property failed');
});
