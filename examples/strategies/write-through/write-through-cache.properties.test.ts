import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cache } from '../../shared/cache.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { SharedCache } from '../../shared/shared-cache.ts';
import type { Table } from '../../shared/table.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { NaiveCacheFirst } from './naive-cache-first.ts';
import { NaiveWriteThrough } from './naive-write-through.ts';
import { WriteThroughCache } from './write-through-cache.ts';

interface Parts {
  readonly table: Table<string, string>;
  readonly cache: SharedCache<string, string>;
}

type Create = (parts: Parts) => Cache<string, string>;

// Its time stands still, so that no call is ever given up.
const clock = new VirtualClock();
const ttlMs = 1000;

const mended: Create = (parts) =>
  new WriteThroughCache({ ...parts, ttlMs, clock, onCacheError: () => {} });
const withPut: Create = (parts) => new NaiveWriteThrough({ ...parts, ttlMs });
const cacheFirst: Create = (parts) => new NaiveCacheFirst({ ...parts, ttlMs });

/** Two processes, each step of which comes when the scheduler says so. */
function setUp(create: Create, scheduler: fc.Scheduler) {
  const step = (label: string) => scheduler.schedule(Promise.resolve(), label);
  const rows = new InMemoryStore<string, string>({ rows: [['lamp', '$49']] });
  const entries = new InMemoryCache<string, string>({ clock });
  const withSteps = async <T>(name: string, call: () => Promise<T>) => {
    await step(`${name} sets out`);
    try {
      return await call();
    } finally {
      await step(`${name} is answered`);
    }
  };
  const table: Table<string, string> = {
    find: (key) => withSteps('find', () => rows.find(key)),
    put: (key, value) => withSteps('put', () => rows.put(key, value)),
    remove: (key) => withSteps('remove', () => rows.remove(key)),
  };
  const cache: SharedCache<string, string> = {
    get: (key) => withSteps('cache get', () => entries.get(key)),
    put: (...row) => withSteps('cache put', () => entries.put(...row)),
    offer: (...row) => withSteps('cache offer', () => entries.offer(...row)),
    remove: (key) => withSteps('cache remove', () => entries.remove(key)),
  };
  const processes = [create({ table, cache }), create({ table, cache })];
  return { rows, entries, processes };
}

const anyStep = fc.record({
  process: fc.nat(1),
  action: fc.constantFrom('get', 'set', 'delete', 'lose an answer', 'refuse'),
});

/** Whatever two processes do at once, nobody reads what is not stored. */
const theCacheAgrees = (create: Create, actions: readonly string[]) =>
  fc.asyncProperty(
    fc.scheduler(),
    fc.array(
      anyStep.filter(({ action }) => actions.includes(action)),
      { maxLength: 8 },
    ),
    async (scheduler, steps) => {
      const { rows, entries, processes } = setUp(create, scheduler);
      const begun: Promise<unknown>[] = [];
      const { task } = scheduler.scheduleSequence(
        steps.map(({ process, action }, index) => ({
          label: `${action} by ${process}`,
          builder: async () => {
            const prices = processes[process];
            const error = new Error('connection reset');
            if (action === 'lose an answer') rows.loseNextAnswers(error);
            else if (action === 'refuse') rows.failNextWrites(error);
            else if (action === 'get') begun.push(settle(prices?.get('lamp')));
            else if (action === 'delete') {
              begun.push(settle(prices?.delete('lamp')));
            } else begun.push(settle(prices?.set('lamp', `$${index}`)));
          },
        })),
      );
      await scheduler.waitFor(task);
      await scheduler.waitFor(Promise.all(begun));
      const cached = entries.peek('lamp');
      if (cached === undefined) return;
      expect(cached.value).toBe(rows.peek('lamp'));
    },
  );

/** It is handled from the first step on, whenever it fails. */
async function settle(work: Promise<unknown> | undefined): Promise<void> {
  await Promise.allSettled([work]);
}

async function expectBroken(
  create: Create,
  actions: readonly string[],
): Promise<void> {
  // The seed is fixed: whether it is found must not be luck.
  const property = theCacheAgrees(create, actions);
  const { counterexample } = await fc.check(property, {
    seed: 1,
    numRuns: 500,
  });
  expect(counterexample).not.toBeNull();
}

describe('in whatever order the steps of two processes come', () => {
  test('the cache agrees with the table, whatever failed', async () => {
    const actions = ['get', 'set', 'delete', 'lose an answer', 'refuse'];
    await fc.assert(theCacheAgrees(mended, actions), { numRuns: 1000 });
  });

  test('two naive writes leave the older value, in some of them', async () => {
    await expectBroken(withPut, ['set']);
  });

  test('a naive delete and a read leave the dead row, in some', async () => {
    await expectBroken(withPut, ['get', 'delete']);
  });

  test('the cache first leaves what was refused, in some', async () => {
    await expectBroken(cacheFirst, ['set', 'refuse']);
  });

  test('the cache first leaves the older of two writes, in some', async () => {
    await expectBroken(cacheFirst, ['set']);
  });
});
