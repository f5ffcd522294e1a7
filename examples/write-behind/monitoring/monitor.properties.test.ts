import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { anyStep, play } from '../anatomy/any-step.ts';
import { WriteBehindMonitor } from './write-behind-monitor.ts';

interface Change {
  readonly key: string;
  readonly version: number;
  readonly at: number;
}

/** A journal that knows when each change was acknowledged. */
class DatedJournal extends InMemoryJournal<string, number> {
  changes: Change[] = [];
  readonly #now: () => number;

  constructor(clock: VirtualClock, appendMs: number) {
    super({ clock, appendMs });
    this.#now = () => clock.now();
  }

  override async append(operation: Operation<string, number>) {
    await super.append(operation);
    const { key, version } = operation;
    this.changes.push({ key, version, at: this.#now() });
  }
}

test('the queue is what the rows of the store lack, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        maxBatchSize: fc.integer({ min: 1, max: 3 }),
        maxDelayMs: fc.nat(30),
        attempts: fc.integer({ min: 1, max: 3 }),
        appendMs: fc.nat(5),
        takesLetters: fc.boolean(),
      }),
      fc.array(anyStep, { maxLength: 60 }),
      async ({ attempts, appendMs, takesLetters, ...options }, steps) => {
        const clock = new VirtualClock();
        const store = new InMemoryStore<string, number>({ writeMs: 20, clock });
        const journal = new DatedJournal(clock, appendMs);
        const taken: Omit<Change, 'at'>[] = [];
        const monitor = new WriteBehindMonitor<string, number>({
          ...{ store, clock, journal },
          onDeadLetter: ({ operation }) => {
            if (!takesLetters) throw new Error('the disk is full');
            taken.push(operation);
          },
        });
        const cache = new WriteBehindCache<string, number>({
          ...options,
          ...monitor.ports,
          retry: { attempts, baseDelayMs: 10 },
          random: () => 0.5,
        });
        const lacking = ({ key, version }: Change) =>
          version > store.row(key).version &&
          !taken.some(
            (letter) => letter.key === key && letter.version >= version,
          );
        const written: Promise<void>[] = [];

        for (const [value, step] of steps.entries()) {
          written.push(...(await play(step, value, { clock, store, cache })));
          await clock.advance(0);
          const lacked = journal.changes.filter(lacking);
          const now = clock.now();
          const ages = lacked.map(({ at }) => now - at);
          expect(monitor.readings()).toMatchObject({
            queueSize: new Set(lacked.map(({ key }) => key)).size,
            oldestAgeMs: Math.max(0, ...ages),
            accepted: journal.changes.length,
          });
        }
        await clock.until(Promise.all(written));
        await clock.until(cache.close());
      },
    ),
    { numRuns: 300 },
  );
});
