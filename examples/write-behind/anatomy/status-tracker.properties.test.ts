import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { anyKey, anyStep, play } from './any-step.ts';
import {
  StatusTracker,
  type TrackedWrite,
  type WriteState,
} from './status-tracker.ts';

const ask = fc.record({
  type: fc.constant('ask' as const),
  keys: fc.array(anyKey),
});
const anyStepOrQuestion = fc.oneof(
  { weight: 7, arbitrary: anyStep },
  { weight: 1, arbitrary: ask },
);

function countsOf(writes: readonly TrackedWrite<string>[]) {
  const count = (state: WriteState) =>
    writes.filter((write) => write.state === state).length;
  return {
    accepted: writes.length,
    pending: count('pending'),
    writing: count('writing'),
    persisted: count('completed'),
    coalesced: count('coalesced'),
    deadLettered: count('failed'),
  };
}

const statusOf = {
  pending: 'pending',
  writing: 'writing',
  completed: 'clean',
  failed: 'failed',
  coalesced: undefined,
} as const;

test('the tracker knows what the cache knows, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        maxBatchSize: fc.integer({ min: 1, max: 3 }),
        maxDelayMs: fc.nat(30),
        attempts: fc.integer({ min: 1, max: 3 }),
        appendMs: fc.option(fc.nat(5), { nil: undefined }),
        takesLetters: fc.boolean(),
      }),
      fc.array(anyStepOrQuestion, { maxLength: 60 }),
      async ({ attempts, appendMs, takesLetters, ...options }, steps) => {
        const clock = new VirtualClock();
        const store = new InMemoryStore<string, number>({ writeMs: 20, clock });
        const tracker = new StatusTracker<string, number>({
          store,
          clock,
          ...(appendMs !== undefined && {
            journal: new InMemoryJournal<string, number>({ appendMs, clock }),
          }),
          onDeadLetter: () => {
            if (!takesLetters) throw new Error('the disk is full');
          },
        });
        const cache = new WriteBehindCache<string, number>({
          ...options,
          ...tracker.ports,
          retry: { attempts, baseDelayMs: 10 },
          random: () => 0.5,
        });
        const world = { clock, store, cache };
        const asked: Promise<TrackedWrite<string> | undefined>[] = [];
        const written: Promise<void>[] = [];

        for (const [value, step] of steps.entries()) {
          if (step.type === 'ask') {
            asked.push(...step.keys.map((key) => tracker.settled(key)));
          } else {
            written.push(...(await play(step, value, world)));
          }
          await clock.advance(0);
          expect(cache.stats()).toMatchObject(countsOf(tracker.writes()));
          for (const key of ['a', 'b', 'c']) {
            const write = tracker.last(key);
            if (write === undefined) continue;
            expect(statusOf[write.state]).toBe(cache.status(key));
          }
        }

        await clock.until(Promise.all(written));
        await clock.until(cache.close());
        for (const write of await Promise.all(asked)) {
          if (write === undefined) continue;
          expect(['completed', 'failed']).toContain(write.state);
        }
        const { pending, writing } = countsOf(tracker.writes());
        expect({ pending, writing }).toEqual({ pending: 0, writing: 0 });
      },
    ),
    { numRuns: 200 },
  );
});
