import { expect, test } from 'vitest';
import { type Batching, batchings, events, play } from './play.ts';

const ms = 3000;

test('a write waits for company and for its batch', async () => {
  // A full batch every 100 ms: the first ten wait for 90 ms, the last for none.
  const byCount = { maxBatchSize: 100, maxDelayMs: 1000 };
  const load = { perSecond: 1000, ms, event: events.usual };
  expect(await play(byCount, load)).toMatchObject({
    longestMs: 18,
    failures: 0,
    meanWaitMs: expect.closeTo(45 + 18, 0),
  });
});

test('a batch that is too small lets the writes pile up', async () => {
  const waitAfter = async (ms: number) => {
    const tooSmall = { maxBatchSize: 10, maxDelayMs: 1000 };
    const load = { perSecond: 1500, ms, event: events.usual };
    return (await play(tooSmall, load)).meanWaitMs;
  };
  expect((await waitAfter(6000)) / (await waitAfter(ms))).toBeGreaterThan(1.3);
});

test('a batch that is too big is given up by the database', async () => {
  const event = events['costly-rows'];
  const big = batchings['count-1000'];
  const { failures } = await play(big, { perSecond: 1500, ms, event });
  expect(failures).toBeGreaterThan(0);
});

/** Milliseconds, by what happens to the database. */
async function waitsOf(batching: Batching): Promise<number[]> {
  const waits: number[] = [];
  for (const event of Object.values(events)) {
    const load = { perSecond: 1500, ms: 10_000, event };
    waits.push((await play(batching, load)).meanWaitMs);
  }
  return waits;
}

test('the adaptive size is near the best, whatever happens', async () => {
  const adaptive = await waitsOf(batchings.adaptive);
  for (const [name, batching] of Object.entries<Batching>(batchings)) {
    if (name === 'adaptive') continue;
    const others = await waitsOf(batching);
    const ratios = others.map((wait, index) => wait / (adaptive[index] ?? 0));
    expect(Math.min(...ratios), name).toBeGreaterThan(0.75);
    // Each other one, even if it was chosen well, is far from it somewhere.
    expect(Math.max(...ratios), name).toBeGreaterThan(2);
  }
});

test('a delay that was chosen well is as good as it when commits are costly', async () => {
  const load = { perSecond: 1500, ms: 10_000, event: events['costly-commits'] };
  const [chosen, adaptive] = [
    await play(batchings['time-100'], load),
    await play(batchings.adaptive, load),
  ];
  expect(chosen.meanWaitMs).toBeLessThan(adaptive.meanWaitMs);
});

test('nothing but the collecting is needed where nothing changes', async () => {
  const load = { perSecond: 1500, ms, event: events.usual };
  const [fixed, adaptive] = [
    await play(batchings['time-20'], load),
    await play(batchings.adaptive, load),
  ];
  expect(adaptive).toEqual(fixed);
});
