import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import type { Clock } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CacheFullError, WriteBehindCache } from './write-behind-cache.ts';

const keys = ['a', 'b', 'c'] as const;
type Key = (typeof keys)[number];

/** What the caller may rely on, whatever happens behind the cache. */
interface Model {
  readonly values: Map<Key, number>;
  /** Reads under way, with all that they may answer. */
  readonly reads: Set<Read>;
  readonly arrivals: Promise<void>[];
  hangs: boolean;
  isClosed: boolean;
}

interface Real {
  readonly cache: WriteBehindCache<Key, number>;
  readonly store: InMemoryStore<Key, number>;
  readonly clock: VirtualClock;
  readonly overlaps: readonly Key[];
}

interface Read {
  readonly key: Key;
  readonly answers: (number | undefined)[];
}

type Command = fc.AsyncCommand<Model, Real>;

function command(
  name: string,
  run: (model: Model, real: Real) => Promise<void> | void,
  check: (model: Readonly<Model>) => boolean = () => true,
): Command {
  return {
    check,
    toString: () => name,
    async run(model, real) {
      await run(model, real);
      const { pending, writing, ...stats } = real.cache.stats();
      const { persisted, coalesced, deadLettered } = stats;
      expect(stats.accepted).toBe(
        pending + writing + persisted + coalesced + deadLettered,
      );
      expect(real.overlaps).toEqual([]);
    },
  };
}

function write(model: Model, key: Key, value: number | undefined): void {
  if (value === undefined) model.values.delete(key);
  else model.values.set(key, value);
  for (const read of model.reads) {
    if (read.key === key) read.answers.push(value);
  }
}

/** What a closed cache says to a write; an open one accepts it. */
async function expectAcceptance(
  { isClosed }: Readonly<Model>,
  write: Promise<unknown>,
): Promise<void> {
  if (isClosed) await expect(write).rejects.toThrow(CacheClosedError);
  else await write;
}

const anyKey = fc.constantFrom(...keys);
const permanent = Object.assign(new Error('refused'), { permanent: true });

const anyCommand = fc.oneof(
  fc.tuple(anyKey, fc.nat(3)).map(([key, value]) =>
    command(`set ${key} ${value}`, async (model, { cache }) => {
      if (!model.isClosed) write(model, key, value);
      await expectAcceptance(model, cache.set(key, value));
    }),
  ),
  anyKey.map((key) =>
    command(`delete ${key}`, async (model, { cache }) => {
      if (!model.isClosed) write(model, key, undefined);
      await expectAcceptance(model, cache.delete(key));
    }),
  ),
  anyKey.map((key) =>
    command(
      `increment ${key}`,
      async (model, { cache, clock }) => {
        const next = (model.values.get(key) ?? 0) + 1;
        if (!model.isClosed) write(model, key, next);
        const update = cache.update(key, (value) => (value ?? 0) + 1);
        await expectAcceptance(model, clock.until(update));
        if (!model.isClosed) expect(await update).toBe(next);
      },
      (model) => !model.hangs,
    ),
  ),
  anyKey.map((key) =>
    command(
      `get ${key}`,
      async (model, { cache, clock }) => {
        const value = await clock.until(cache.get(key));
        expect(value).toBe(model.values.get(key));
      },
      (model) => !model.hangs,
    ),
  ),
  anyKey.map((key) =>
    command(`begin to get ${key}`, (model, { cache }) => {
      const read = { key, answers: [model.values.get(key)] };
      model.reads.add(read);
      const arrival = cache.get(key).then((value) => {
        model.reads.delete(read);
        expect(read.answers).toContain(value);
      });
      model.arrivals.push(arrival);
    }),
  ),
  fc.constant(
    command('begin to flush', (model, { cache }) => {
      const flush = cache.flush().catch((error) => {
        expect(error).toBeInstanceOf(CacheClosedError);
        expect(model.isClosed).toBe(true);
      });
      model.arrivals.push(flush);
    }),
  ),
  fc.nat(100).map((timeoutMs) =>
    command(`begin to close within ${timeoutMs} ms`, (model, { cache }) => {
      model.isClosed = true;
      void cache.close({ timeoutMs });
    }),
  ),
  fc.integer({ min: 1, max: 60 }).map((ms) =>
    command(`wait ${ms} ms`, async (_, { clock }) => {
      await clock.advance(ms);
    }),
  ),
  fc.integer({ min: 1, max: 3 }).map((count) =>
    command(`fail ${count} writes`, (_, { store }) => {
      store.failNextWrites(...Array(count).fill(new Error('deadlock')));
    }),
  ),
  fc.tuple(anyKey, fc.boolean()).map(([key, isPermanent]) =>
    command(`break ${key}${isPermanent ? ' for good' : ''}`, (_, { store }) => {
      store.breakKey(key, isPermanent ? permanent : new Error('locked'));
    }),
  ),
  anyKey.map((key) =>
    command(`mend ${key}`, (_, { store }) => store.mendKey(key)),
  ),
  fc.constant(
    command('hang', (model, { store }) => {
      store.hang();
      model.hangs = true;
    }),
  ),
  fc.constant(
    command('recover', (model, { store }) => {
      store.recover();
      model.hangs = false;
    }),
  ),
);

const anySettings = fc.record({
  maxBatchSize: fc.integer({ min: 1, max: 3 }),
  maxDelayMs: fc.nat(50),
  maxEntries: fc.integer({ min: 1, max: 3 }),
  attempts: fc.integer({ min: 1, max: 4 }),
  readMs: fc.nat(30),
  writeMs: fc.nat(30),
});

/** Notes each key that is written while another write of it is under way. */
function observe(store: Store<Key, number>, overlaps: Key[]) {
  const underWay = new Set<Key>();
  return {
    read: (key: Key) => store.read(key),
    async write(batch: readonly Operation<Key, number>[]) {
      const written = batch.map(({ key }) => key);
      overlaps.push(...written.filter((key) => underWay.has(key)));
      for (const key of written) underWay.add(key);
      try {
        await store.write(batch);
      } finally {
        for (const key of written) underWay.delete(key);
      }
    },
  };
}

test('the cache keeps its promises, whatever happens behind it', async () => {
  await fc.assert(
    fc.asyncProperty(
      anySettings,
      fc.commands([anyCommand], { maxCommands: 60 }),
      async ({ attempts, readMs, writeMs, ...options }, commands) => {
        const clock = new VirtualClock();
        const store = new InMemoryStore<Key, number>({
          readMs,
          writeMs,
          clock,
        });
        const overlaps: Key[] = [];
        const cache = new WriteBehindCache({
          ...options,
          store: observe(store, overlaps),
          clock,
          random: () => 0.5,
          retry: { attempts, baseDelayMs: 10 },
        });
        const model: Model = {
          values: new Map(),
          reads: new Set(),
          arrivals: [],
          hangs: false,
          isClosed: false,
        };
        const real = { cache, store, clock, overlaps };
        await fc.asyncModelRun(() => ({ model, real }), commands);

        store.recover();
        await clock.until(Promise.all(model.arrivals));
        const closing = cache.close({ timeoutMs: 1_000_000 });
        const { abandoned, deadLettered } = await clock.until(closing);
        if (!model.isClosed) expect(abandoned).toEqual([]);
        const left = abandoned.map(({ key }) => key);
        for (const key of keys) {
          expect(await clock.until(cache.get(key))).toBe(model.values.get(key));
          // What close abandoned may have landed since.
          if (cache.status(key) === 'clean') {
            expect(store.peek(key)).toBe(model.values.get(key));
          } else {
            const keysOfLetters = deadLettered.map(
              ({ operation }) => operation.key,
            );
            expect([...left, ...keysOfLetters]).toContain(key);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

function isRefused(error: unknown): false {
  expect(error).toBeInstanceOf(CacheFullError);
  return false;
}

describe.each(['wait', 'reject', 'write-through'] as const)(
  'when it is full and the policy is %s',
  (whenFull) => {
    test('the bound holds, and the last write of each key lands', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(anyKey, fc.nat(9), fc.nat(25))),
          fc.integer({ min: 1, max: 2 }),
          fc.integer({ min: 1, max: 2 }),
          async (writes, maxPending, maxBatchSize) => {
            const clock = new VirtualClock();
            const store = new InMemoryStore<Key, number>({
              writeMs: 10,
              clock,
            });
            const overlaps: Key[] = [];
            const cache = new WriteBehindCache({
              store: observe(store, overlaps),
              clock,
              maxPending,
              maxBatchSize,
              maxDelayMs: 20,
              whenFull,
            });
            const outcomes: Promise<boolean>[] = [];
            for (const [key, value, waitMs] of writes) {
              const write = cache.set(key, value);
              outcomes.push(write.then(() => true, isRefused));
              const { pending, writing } = cache.stats();
              expect(pending).toBeLessThanOrEqual(maxPending);
              expect(writing).toBeLessThanOrEqual(maxPending);
              await clock.advance(waitMs);
            }
            const accepted = await clock.until(Promise.all(outcomes));
            await clock.until(cache.close());

            const isAccepted = (_: unknown, index: number) => accepted[index];
            const expected = writes
              .filter(isAccepted)
              .map(([key, value]): [Key, number] => [key, value]);
            expect(new Map(store.entries())).toEqual(new Map(expected));
            expect(overlaps).toEqual([]);
          },
        ),
      );
    });
  },
);

/** A clock and a store of which each step comes when the scheduler says so. */
function anyInterleaving(scheduler: fc.Scheduler) {
  const step = (label: string) => scheduler.schedule(Promise.resolve(), label);
  const clock: Clock = {
    now: () => 0,
    schedule(_, task) {
      let isCancelled = false;
      void step('timer').then(() => {
        if (!isCancelled) task();
      });
      return () => {
        isCancelled = true;
      };
    },
  };
  const rows = new InMemoryStore<string, number>();
  const store: Store<string, number> = {
    async read(key) {
      await step('ask');
      const value = rows.peek(key);
      await step('answer');
      return value;
    },
    async write(batch) {
      await step('send');
      await rows.write(batch);
      await step('confirm');
    },
  };
  return { clock, store, rows };
}

describe('in whatever order the steps come', () => {
  const anyStep = fc.constantFrom('set', 'delete', 'get', 'flush');

  test('a read answers what was true while it was under way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(anyStep, { maxLength: 12 }),
        async (scheduler, steps) => {
          const { clock, store, rows } = anyInterleaving(scheduler);
          const cache = new WriteBehindCache({ store, clock, maxEntries: 1 });
          let current: number | undefined;
          const reads = new Set<(number | undefined)[]>();
          const write = (value: number | undefined) => {
            current = value;
            for (const answers of reads) answers.push(value);
          };
          const actions = {
            async set(value: number) {
              write(value);
              await cache.set('views', value);
              await cache.set('another', value);
            },
            async delete() {
              write(undefined);
              await cache.delete('views');
            },
            async get() {
              const answers = [current];
              reads.add(answers);
              const answer = await cache.get('views');
              reads.delete(answers);
              expect(answers).toContain(answer);
            },
            flush: () => cache.flush(),
          };
          const begun: Promise<void>[] = [];
          const { task } = scheduler.scheduleSequence(
            steps.map((name, index) => ({
              label: name,
              builder: async () => {
                begun.push(actions[name](index));
              },
            })),
          );
          await scheduler.waitFor(task);
          await scheduler.waitFor(Promise.all(begun));
          expect(await scheduler.waitFor(cache.get('views'))).toBe(current);
          await scheduler.waitFor(cache.flush());
          expect(rows.peek('views')).toBe(current);
          expect(await scheduler.waitFor(cache.get('views'))).toBe(current);
        },
      ),
    );
  });

  test('no update is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom('update', 'evict', 'flush'), {
          maxLength: 12,
        }),
        async (scheduler, steps) => {
          const { clock, store, rows } = anyInterleaving(scheduler);
          const cache = new WriteBehindCache({ store, clock, maxEntries: 1 });
          const actions = {
            update: () => cache.update('views', (views) => (views ?? 0) + 1),
            evict: () => cache.set('another', 0),
            flush: () => cache.flush(),
          };
          const begun: Promise<unknown>[] = [];
          const { task } = scheduler.scheduleSequence(
            steps.map((name) => ({
              label: name,
              builder: async () => {
                begun.push(actions[name]());
              },
            })),
          );
          await scheduler.waitFor(task);
          await scheduler.waitFor(Promise.all(begun));
          await scheduler.waitFor(cache.flush());
          const updates = steps.filter((name) => name === 'update').length;
          expect(rows.peek('views') ?? 0).toBe(updates);
        },
      ),
    );
  });
});
