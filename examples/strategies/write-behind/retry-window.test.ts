import { expect, test } from 'vitest';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, retryWindow } from './retry-window.ts';
import { type RetryOptions, WriteBehindCache } from './write-behind-cache.ts';

const almostOne = 1 - Number.EPSILON;
const defaults = { attempts: 5, baseDelayMs: 100, maxDelayMs: 10_000 };

/** How long the cache tries where the dice always fall the same. */
async function triedForMs(
  dice: number,
  retry: Partial<RetryOptions>,
): Promise<number> {
  const clock = new VirtualClock();
  const store: Store<string, number> = {
    read: async () => undefined,
    write: async () => {
      throw new Error('connection refused');
    },
  };
  const givenUpAt: number[] = [];
  const cache = new WriteBehindCache({
    store,
    clock,
    random: () => dice,
    retry,
    onDeadLetter: () => void givenUpAt.push(clock.now()),
  });
  await cache.set('/docs', 1);
  const startedAt = clock.now();
  await clock.until(cache.flush());
  expect(givenUpAt).toHaveLength(1);
  return (givenUpAt[0] ?? Number.NaN) - startedAt;
}

test.each([5, 8, 12, 20])(
  'the cache gives up after %d attempts, and when it says',
  async (attempts) => {
    const { averageMs, longestMs } = retryWindow({ ...defaults, attempts });
    expect(await triedForMs(0.5, { attempts })).toBeCloseTo(averageMs);
    expect(await triedForMs(almostOne, { attempts })).toBeCloseTo(longestMs);
  },
);

test('with the defaults it is a second and a half at most', async () => {
  expect(retryWindow(defaults)).toEqual({ averageMs: 750, longestMs: 1500 });
  expect(await triedForMs(0.5, {})).toBe(750);
  expect(await triedForMs(almostOne, {})).toBeCloseTo(1500);
});

test('a single attempt leaves no time', () => {
  expect(retryWindow({ ...defaults, attempts: 1 }).longestMs).toBe(0);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('retry-window.out.txt');
});
