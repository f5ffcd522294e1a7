import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planQueue } from '../../write-behind/backpressure/plan-queue.ts';
import { maxPending, play, policies, shedder, stage } from './play.ts';
import { totalsOf } from './timeline.ts';

const { writesPerSecond, stallMs } = stage;
const inStall = (writesPerSecond * stallMs) / 1000;
const all = (writesPerSecond * stage.endMs) / 1000;
/** Half a second of writes: what sets out just before or after an end. */
const edge = writesPerSecond / 2;

describe.each(Object.entries(policies))('%s', (name, policy) => {
  test('loses nothing that was acknowledged, where nobody crashes', async () => {
    const { answers, stored } = await play(policy);
    const acknowledged = answers.filter((answer) => answer.isAcknowledged);
    expect(answers).toHaveLength(all);
    // A deadline that has passed does not keep the write from being stored.
    const late = name === 'wait-shed' ? shedder.maxCallers : 0;
    expect(stored - acknowledged.length).toBe(late);
  });

  test('is as it was before, once the store is well for a while', async () => {
    const { sights } = await play(policy);
    const [before, after] = [sights[8], sights.at(-1)];
    expect(after?.waiting).toBe(0);
    expect(after?.pending).toBeLessThanOrEqual(before?.pending ?? 0);
  });
});

test('what is pending is what was acknowledged and is not stored', async () => {
  const { answers, sights } = await play(policies.wait);
  for (const { at, pending, stored } of sights) {
    const acknowledged = answers.filter(
      ({ cameAt, tookMs }) => cameAt < at && cameAt + tookMs <= at,
    );
    expect(acknowledged.length - stored, `at ${at} ms`).toBe(pending);
  }
});

test('without a bound, the queue takes in the whole stall', async () => {
  const { atRisk, inMemory, p99, refused } = totalsOf(
    await play(policies.unbounded),
    stage,
  );
  expect(Math.abs(atRisk - inStall)).toBeLessThan(edge);
  expect({ inMemory, p99, refused }).toEqual({
    inMemory: atRisk,
    p99: 0,
    refused: 0,
  });
});

test.each(['wait', 'write-through'] as const)(
  '%s bounds what a crash takes along, and not memory',
  async (name) => {
    const totals = totalsOf(await play(policies[name]), stage);
    expect(totals.atRisk).toBe(maxPending);
    expect(Math.abs(totals.inMemory - inStall)).toBeLessThan(edge);
    expect(totals.refused).toBe(0);
    // The first who finds no room comes this long before the end.
    const longestMs = stallMs - (1000 * maxPending) / writesPerSecond;
    expect(totals.p99).toBeGreaterThan(0.95 * longestMs);
  },
);

test('reject bounds both, and nobody waits', async () => {
  const totals = totalsOf(await play(policies.reject), stage);
  expect(totals).toMatchObject({ atRisk: maxPending, inMemory: maxPending });
  expect(Math.abs(totals.refused - (inStall - maxPending))).toBeLessThan(edge);
  expect(totals.p99).toBe(0);
});

test('a shedder bounds those who wait, and how long', async () => {
  const played = await play(policies['wait-shed']);
  const totals = totalsOf(played, stage);
  expect(totals.inMemory).toBe(maxPending + shedder.maxCallers);
  const longest = Math.max(...played.answers.map(({ tookMs }) => tookMs));
  expect(longest).toBe(shedder.timeoutMs);
});

test('write-through never recovers from a load that needs batches', async () => {
  // One by one, the store takes fewer than 364 rows a second.
  const busy = { ...stage, writesPerSecond: 400 };
  const through = totalsOf(await play(policies['write-through'], busy), busy);
  expect(through.recovery).toBe(Infinity);
  expect(through.waitingInTheEnd).toBeGreaterThan(maxPending);
  const wait = totalsOf(await play(policies.wait, busy), busy);
  expect(wait.recovery).toBeLessThan(10_000);
});

describe('the planned queue', () => {
  const plan = (keysPerSecond: number, outageMs: number) =>
    planQueue({
      ...{ keysPerSecond, outageMs, drainPerSecond: 3600 },
      ...{ rowBytes: 1000, memoryBytes: 1e9 },
    });

  test('survives the outage that it is planned for, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(20, 50, 100, 250),
        fc.integer({ min: 1, max: 20 }).map((seconds) => 1000 * seconds),
        async (writesPerSecond, stallMs) => {
          const { maxPending } = plan(writesPerSecond, stallMs);
          const calmMs = 3000;
          const endMs = calmMs + stallMs + 2000;
          const story = { writesPerSecond, calmMs, stallMs, endMs };
          const setting = { maxPending, whenFull: 'reject' as const };
          const { refused } = totalsOf(await play(setting, story), story);
          expect(refused).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is not much longer than it must be', async () => {
    const { maxPending } = plan(writesPerSecond, stallMs);
    const setting = { whenFull: 'reject' as const };
    const shorter = Math.floor(0.95 * maxPending);
    const totals = totalsOf(
      await play({ ...setting, maxPending: shorter }),
      stage,
    );
    expect(totals.refused).toBeGreaterThan(0);
  });

  test('recovers in the time that is planned', async () => {
    const { maxPending, recoveryMs } = plan(writesPerSecond, stallMs);
    const setting = { maxPending, whenFull: 'reject' as const };
    const { recovery } = totalsOf(await play(setting), stage);
    // It is looked at once a second.
    expect(recovery - recoveryMs).toBeGreaterThanOrEqual(0);
    expect(recovery - recoveryMs).toBeLessThan(1000);
  });
});
