import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { newestWins } from './drift.ts';
import type { DriftReport } from './drift-report.ts';
import { InMemorySide } from './in-memory-side.ts';
import { reconcile } from './reconcile.ts';
import type { ReconcileOptions } from './reconcile-options.ts';
import { copiesIn } from './shared-copies.ts';

const drifted = ['drift-1', 'drift-2', 'drift-3', 'drift-4'];
const written = ['busy-1', 'busy-2', 'busy-3', 'busy-4'];

/** What becomes of a key: its row is newer here or there, or one of them dies. */
const injected = fc.record({
  key: fc.constantFrom(...drifted),
  newer: fc.constantFrom('cache', 'store'),
  how: fc.constantFrom('value', 'delete'),
});

const write = fc.record({
  key: fc.constantFrom(...written),
  afterMs: fc.integer({ min: 0, max: 700 }),
  isDelete: fc.boolean(),
});

const run = fc.record({
  injections: fc.uniqueArray(injected, { selector: ({ key }) => key }),
  writes: fc.array(write, { maxLength: 40 }),
  /** Calls of the store that fail, one after the other. */
  failures: fc.integer({ min: 0, max: 3 }),
  latencyMs: fc.constantFrom(1, 20, 300),
  pageSize: fc.integer({ min: 1, max: 5 }),
});

/** The cache writes after 200 ms, and again some time after a failure. */
const graceMs = 5000;

test('what is called drift is what was injected, while writes go on', async () => {
  await fc.assert(
    fc.asyncProperty(run, async ({ injections, ...plan }) => {
      const { clock, cache, store, writes, walk } = setUp(plan.latencyMs);
      for (const { key, newer, how } of injections) {
        const value = how === 'value' ? 'newer' : undefined;
        (newer === 'cache' ? cache : store).put(key, { value, version: 2 });
      }
      const last = new Map<string, string | undefined>();
      const traffic = async () => {
        for (const [
          index,
          { key, afterMs, isDelete },
        ] of plan.writes.entries()) {
          await new Promise<void>((go) => clock.schedule(afterMs, go));
          last.set(key, isDelete ? undefined : `price ${index}`);
          if (isDelete) await writes.delete(key);
          else await writes.set(key, `price ${index}`);
        }
      };
      const writing = traffic();
      store.failNext(...Array(plan.failures).fill(new Error('down')));
      const { pageSize } = plan;
      const report = await clock.until(walk({ pageSize, repair: newestWins }));
      await clock.until(writing);
      await clock.until(writes.close());

      const named = report.samples.map(({ key }) => key).sort();
      if (report.notCompared === 0) {
        expect(named).toEqual(injections.map(({ key }) => key).sort());
      }
      for (const key of named) expect(drifted).toContain(key);
      for (const [key, value] of last) {
        expect(cache.row(key)?.value).toBe(value);
        expect(store.row(key)?.value).toBe(value);
      }
      const again = await clock.until(walk({ pageSize, repair: newestWins }));
      const left = report.outcomes.failed + report.notCompared;
      if (left === 0) expect(again.ratio).toBe(0);
      expect((await clock.until(walk({ pageSize }))).ratio).toBe(0);
    }),
    { numRuns: 200 },
  );
});

function setUp(latencyMs: number) {
  // In Node, no immediate starts before the promise jobs are done.
  const clock = new VirtualClock(
    () => new Promise((resolve) => setImmediate(resolve)),
  );
  const cache = new InMemorySide<string>({ latencyMs, clock });
  const store = new InMemorySide<string>({ latencyMs, clock });
  for (const key of [...drifted, ...written]) {
    cache.put(key, { value: 'old', version: 1 });
    store.put(key, { value: 'old', version: 1 });
  }
  const writes = new WriteBehindCache<string, string>({
    ...{ store, clock },
    journal: copiesIn(cache),
    maxDelayMs: 200,
  });
  const isPending = (key: string) =>
    ['pending', 'writing'].includes(writes.status(key));
  const walk = async (options: Partial<ReconcileOptions<string>>) => {
    let last: DriftReport | undefined;
    const sides = { cache, store, isPending, clock, graceMs };
    for await (const report of reconcile({ ...sides, ...options })) {
      last = report;
    }
    if (last === undefined) throw new Error('there is no report');
    return last;
  };
  return { clock, cache, store, writes, walk };
}
