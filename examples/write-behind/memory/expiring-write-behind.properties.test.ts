import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CacheFullError } from '../../strategies/write-behind/write-behind-cache.ts';
import {
  cleanEntryBytes,
  ExpiringWriteBehind,
} from './expiring-write-behind.ts';

const ttlMs = 2000;
const maxPending = 3;
const maxBytes = 3 * (cleanEntryBytes + 10);
const keys = ['a', 'b', 'c', 'd', 'e', 'f'];

/** What somebody else stored, and when: readers may not know it yet. */
interface Beside {
  readonly value: number;
  readonly since: number;
}

/** What readers are owed, as one would explain it. */
class Model {
  readonly values = new Map<string, number | undefined>();
  readonly beside = new Map<string, Beside>();

  write(key: string, value: number | undefined): void {
    this.values.set(key, value);
    this.beside.delete(key);
  }

  verifyRead(key: string, read: number | undefined, now: number): void {
    const beside = this.beside.get(key);
    if (beside !== undefined && read === beside.value) {
      this.write(key, beside.value);
      return;
    }
    expect(read).toBe(this.values.get(key));
    if (beside) expect(now - beside.since).toBeLessThan(ttlMs);
  }
}

const step = fc.record({
  key: fc.constantFrom(...keys),
  ms: fc.integer({ min: 1, max: 1500 }),
  does: fc.constantFrom(
    ...['set', 'set', 'delete', 'get', 'get', 'pass', 'pass'],
    ...['break', 'mend', 'fail', 'lose', 'change beside', 'flush'],
  ),
});

test('readers, bounds and the store are as a plain model says', async () => {
  let expired = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 60 }),
      async (steps) => {
        const clock = new VirtualClock();
        const rows = new InMemoryStore<string, number>({ writeMs: 20, clock });
        const cache = new ExpiringWriteBehind<string, number>({
          ...{ store: rows, clock, ttlMs, maxBytes, maxPending },
          maxDelayMs: 300,
          whenFull: 'reject',
          sizeOf: (_, value = 0) => value % 10,
          retry: { attempts: 3, baseDelayMs: 50 },
          random: () => 0.5,
        });
        const model = new Model();
        const write = async (key: string, value: number | undefined) => {
          const writing =
            value === undefined ? cache.delete(key) : cache.set(key, value);
          try {
            await writing;
            model.write(key, value);
          } catch (error) {
            expect(error).toBeInstanceOf(CacheFullError);
            const dirty = keys.filter((key) => cache.status(key) !== 'clean');
            expect(dirty).toHaveLength(maxPending);
          }
        };
        for (const [index, { key, ms, does }] of steps.entries()) {
          if (does === 'set') await write(key, index);
          if (does === 'delete') await write(key, undefined);
          if (does === 'pass') await clock.advance(ms);
          if (does === 'break') rows.breakKey(key);
          if (does === 'mend') rows.mendKey(key);
          if (does === 'fail') rows.failNextWrites(new Error('refused'));
          if (does === 'lose') rows.loseNextAnswers(new Error('reset'));
          if (does === 'flush') await clock.until(cache.flush());
          if (does === 'change beside' && cache.status(key) === 'clean') {
            // Two of them at a time would be more than the model can tell.
            if (model.beside.has(key)) {
              model.verifyRead(key, await cache.get(key), clock.now());
            }
            if (model.beside.has(key)) continue;
            const value = 1000 + index;
            const { version } = rows.row(key);
            rows.carryOut({ type: 'set', key, value, version });
            model.beside.set(key, { value, since: clock.now() });
          }
          if (does === 'get') {
            const before = rows.counts().reads;
            model.verifyRead(key, await cache.get(key), clock.now());
            const isReload = rows.counts().reads > before;
            if (isReload && model.values.has(key)) expired += 1;
          }
          const { cleanBytes, pending, writing } = cache.stats();
          expect(cleanBytes).toBeLessThanOrEqual(maxBytes);
          expect(Math.max(pending, writing)).toBeLessThanOrEqual(maxPending);
        }
        for (const key of keys) rows.mendKey(key);
        // Each takes some of the errors that are left for the store to throw.
        const isDirty = (key: string) => cache.status(key) !== 'clean';
        while (keys.some(isDirty)) await clock.until(cache.flush());
        for (const [key, value] of model.values) {
          if (!model.beside.has(key)) expect(rows.peek(key)).toBe(value);
        }
      },
    ),
    { numRuns: 300 },
  );
  // Otherwise the histories would be too short to show anything.
  expect(expired).toBeGreaterThan(100);
});
