import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { DeadLetters } from './dead-letters.ts';
import { markPermanent } from './error-kind.ts';
import { InMemoryShelf } from './in-memory-shelf.ts';
import { DatabaseError } from './story.ts';

interface Subject {
  readonly cache: WriteBehindCache<string, number>;
  /** Says when all letters are either stored or letters again. */
  replay(): Promise<unknown>;
  lettersLeft(): number;
}

type Open = (store: Store<string, number>, clock: VirtualClock) => Subject;

/** So few clean entries that nearly each read goes to the store. */
const few = { maxEntries: 1, maxDelayMs: 10, retry: { attempts: 2 } };

const withDeadLetters: Open = (store, clock) => {
  const letters = new DeadLetters<string, number>({
    ...{ store: markPermanent(store), shelf: new InMemoryShelf(), clock },
    ...{ letters: [], maxLetters: 2 },
  });
  const cache = new WriteBehindCache<string, number>({
    ...few,
    ...{ store: letters.store, clock, random: () => 0.5 },
    onDeadLetter: (letter) => letters.take(letter),
  });
  const replay = () => letters.replay();
  return { cache, replay, lettersLeft: () => letters.list().length };
};

/** As in `before.ts`. */
const withSetAgain: Open = (store, clock) => {
  const letters: [string, number | undefined][] = [];
  const cache = new WriteBehindCache<string, number>({
    ...few,
    ...{ store, clock, random: () => 0.5 },
    onDeadLetter: ({ operation }) => {
      const value = operation.type === 'set' ? operation.value : undefined;
      letters.push([operation.key, value]);
    },
  });
  const replay = async () => {
    for (const [key, value] of letters.splice(0)) {
      if (value === undefined) await cache.delete(key);
      else await cache.set(key, value);
      await cache.flush();
    }
  };
  return { cache, replay, lettersLeft: () => letters.length };
};

const anyKey = fc.constantFrom('lamp', 'chair', 'kettle');
const anyStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ set: anyKey }) },
  { weight: 1, arbitrary: fc.record({ delete: anyKey }) },
  { weight: 4, arbitrary: fc.record({ waitMs: fc.nat(150) }) },
  { weight: 1, arbitrary: fc.record({ isDown: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ refuse: anyKey }) },
  { weight: 1, arbitrary: fc.record({ accept: anyKey }) },
  { weight: 2, arbitrary: fc.constant({ replay: true }) },
  { weight: 3, arbitrary: fc.record({ read: anyKey }) },
);

const keepsTheLast = (open: Open) =>
  fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
    const clock = new VirtualClock();
    const rows = new InMemoryStore<string, number>({ writeMs: 20, clock });
    let isDown = false;
    // Down before it writes, or before it can say that it has written.
    const failIfDown = (code: string) => {
      if (isDown) throw new DatabaseError(code, 'down');
    };
    const store: Store<string, number> = {
      read: (key) => rows.read(key),
      async write(batch) {
        failIfDown('ECONNREFUSED');
        await rows.write(batch);
        failIfDown('ECONNRESET');
      },
    };
    const subject = open(store, clock);
    const { cache } = subject;
    const expected = new Map<string, number | undefined>();
    const replays: Promise<unknown>[] = [];
    for (const [index, step] of steps.entries()) {
      if ('set' in step) {
        await cache.set(step.set, index);
        expected.set(step.set, index);
      } else if ('delete' in step) {
        await cache.delete(step.delete);
        expected.set(step.delete, undefined);
      } else if ('waitMs' in step) {
        await clock.advance(step.waitMs);
      } else if ('isDown' in step) {
        isDown = step.isDown;
      } else if ('refuse' in step) {
        rows.breakKey(step.refuse, new DatabaseError('23514', 'refused'));
      } else if ('accept' in step) {
        rows.mendKey(step.accept);
      } else if ('read' in step) {
        const value = await clock.until(cache.get(step.read));
        expect(value).toBe(expected.get(step.read));
      } else {
        replays.push(subject.replay());
      }
    }
    isDown = false;
    for (const key of ['lamp', 'chair', 'kettle']) rows.mendKey(key);
    await clock.until(Promise.all(replays));
    await clock.until(cache.flush());
    await clock.until(subject.replay());
    expect(subject.lettersLeft()).toBe(0);
    for (const [key, value] of expected) expect(rows.peek(key)).toBe(value);
  });

test('the last write of each key is read, and stored in the end, whatever failed and whenever it was replayed', async () => {
  await fc.assert(keepsTheLast(withDeadLetters), { numRuns: 1000, seed: 1 });
});

test('letters that are set again put old values over newer ones', async () => {
  const { counterexample } = await fc.check(keepsTheLast(withSetAgain), {
    ...{ numRuns: 1000, seed: 1 },
  });
  expect(counterexample).not.toBeNull();
});
