import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kinds } from '../../bench/memory/kinds.ts';
import results from '../../bench/results/memory.json' with { type: 'json' };
import { cleanEntryBytes } from './expiring-write-behind.ts';
import { type MemoryBudget, planMemory } from './plan-memory.ts';

const figures: Readonly<Record<string, { value: number }>> = results.figures;

function measured(figure: string): number {
  const value = figures[figure]?.value;
  if (value === undefined) throw new Error(`no figure ${figure}`);
  return value;
}

// #region example
test('what 10,000 waiting sessions leave is for others to be read', () => {
  const plan = planMemory({
    memoryBytes: 64 * 2 ** 20,
    rowBytes: 600,
    maxPending: 10_000,
  });
  expect(plan.pendingBytes).toBe(16_000_000);
  expect(plan.maxBytes).toBe(51_108_864);
  expect(plan.maxEntries).toBe(56_787);
});
// #endregion example

test('what was measured fits into the plan, whatever the kind', () => {
  const demands = fc.record({
    kind: fc.constantFrom(...Object.keys(kinds)),
    memoryBytes: fc.integer({ min: 10_000_000, max: 2 ** 34 }),
    maxPending: fc.integer({ min: 1, max: 3000 }),
  });
  fc.assert(
    fc.property(demands, ({ kind, memoryBytes, maxPending }) => {
      const rowBytes = Math.ceil(measured(`bytes/alone/${kind}`));
      const plan = planMemory({ memoryBytes, rowBytes, maxPending });
      const taken =
        maxPending * measured(`bytes/replaced/${kind}`) +
        plan.maxEntries * measured(`bytes/pending/${kind}`);
      expect(taken).toBeLessThanOrEqual(memoryBytes);
      expect(plan.pendingBytes + plan.maxBytes).toBe(memoryBytes);
      // One more entry would have no room.
      const entry = rowBytes + 300;
      expect((plan.maxEntries + 1) * entry).toBeGreaterThan(plan.maxBytes);
    }),
  );
});

test('a clean entry takes no more than is counted for it', () => {
  const alone = measured('bytes/alone/number');
  const sparse = measured('clean-sparse') - alone;
  expect(sparse).toBeLessThanOrEqual(cleanEntryBytes);
  for (const kind of Object.keys(kinds)) {
    const row = measured(`bytes/alone/${kind}`);
    const beside = measured(`bytes/clean/${kind}`) - row;
    expect(beside, kind).toBeLessThanOrEqual(cleanEntryBytes);
  }
});

const budget: MemoryBudget = {
  memoryBytes: 2200,
  rowBytes: 100,
  maxPending: 3,
};

test('the least memory has room for what waits and for one entry', () => {
  expect(planMemory(budget)).toEqual({
    pendingBytes: 1800,
    maxBytes: 400,
    maxEntries: 1,
  });
});

test.each<[Partial<MemoryBudget>, string]>([
  [
    { memoryBytes: 2199 },
    'memoryBytes: expected at least 2200 for 3 pending keys, got 2199',
  ],
  [{ memoryBytes: Infinity }, 'memoryBytes: expected a whole number above 0'],
  [{ rowBytes: 0.5 }, 'rowBytes: expected a whole number above 0, got 0.5'],
  [{ maxPending: 0 }, 'maxPending: expected a whole number above 0, got 0'],
])('%j is refused', (wrong, message) => {
  expect(() => planMemory({ ...budget, ...wrong })).toThrow(message);
});
