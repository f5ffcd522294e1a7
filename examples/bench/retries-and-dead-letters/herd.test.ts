import { describe, expect, test } from 'vitest';
import { type Jitter, most, playHerd, type Scene, writeMs } from './herd.ts';

const scene: Scene = {
  ...{ clients: 50, jitter: 'none', outageMs: 250, capacity: 10 },
  retry: { attempts: 100, baseDelayMs: 100, maxDelayMs: 400 },
};

describe('without jitter', () => {
  test('all come at once, at each doubled pause', async () => {
    const { arrivals } = await playHerd({ ...scene, outageMs: 1000 });
    const times = arrivals
      .slice(0, 5)
      .map((of) => [...new Set(of.map(Math.round))]);
    expect(times).toEqual([[0], [100], [300], [700], [1100]]);
    expect(arrivals[3]).toHaveLength(50);
  });

  test('each time as many are stored as find room, and the others refused', async () => {
    const { refused, recoveryMs } = await playHerd(scene);
    // Five times, at 300, 700, 1100, 1500 and 1900 ms.
    expect(refused).toBe(40 + 30 + 20 + 10);
    expect(recoveryMs).toBeCloseTo(1900 + writeMs - scene.outageMs, 6);
  });
});

/** How many of n throws fall into a stretch of that share, on average. */
test.each([
  ['equal', 100 / 2],
  ['full', 100],
] as const)(
  '%s jitter spreads the second attempt over %d ms',
  async (jitter, widthMs) => {
    const clients = 1000;
    const { arrivals } = await playHerd({ ...scene, clients, jitter });
    const [, second = []] = arrivals;
    expect(second).toHaveLength(clients);
    const onAverage = (clients * 10) / widthMs;
    // The fullest stretch has more than the average one, but not by much.
    expect(most(second, 10)).toBeGreaterThan(onAverage);
    expect(most(second, 10)).toBeLessThan(onAverage + 4 * Math.sqrt(onAverage));
  },
);

test('every write is stored in the end, however its client waits', async () => {
  for (const jitter of ['none', 'equal', 'full'] satisfies Jitter[]) {
    const { arrivals, refused } = await playHerd({ ...scene, jitter });
    const attempts = arrivals.reduce((sum, of) => sum + of.length, 0);
    const duringOutage = arrivals
      .flat()
      .filter((time) => time < scene.outageMs).length;
    expect(attempts - duringOutage - refused, jitter).toBe(scene.clients);
  }
});

test('the most within a stretch of time leaves out its end', () => {
  expect(most([], 10)).toBe(0);
  expect(most([20, 0, 5, 10, 12], 10)).toBe(3);
  expect(most([0, 10, 20], 10)).toBe(1);
});
