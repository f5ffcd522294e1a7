import { expect, test } from 'vitest';
import { sleep } from '../../shared/clock.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { Nature } from './kinds.ts';
import { closeInOrder, type Left, type Wired } from './wired.ts';

function setUp() {
  const clock = new VirtualClock();
  const log: string[] = [];
  const wired = (
    name: string,
    nature: Nature,
    takesMs: number,
    left: readonly Left[] = [],
  ): Wired<Nature, unknown> => ({
    kind: { name, nature, mayLoseMs: 0 },
    handle: undefined,
    health: () => ({ state: 'ok', unsaved: 0, refused: 0, givenUp: 0 }),
    async close(timeoutMs) {
      log.push(`${clock.now()} ${name} begins, ${timeoutMs} ms`);
      await sleep(clock, Math.min(takesMs, timeoutMs));
      return left;
    },
  });
  return { clock, log, wired };
}

test('what must survive closes first, and the others side by side', async () => {
  const { clock, log, wired } = setUp();
  const kinds = [
    wired('sessions', 'replaceable', 100),
    wired('views', 'countable', 100),
    wired('balances', 'must-survive', 100),
  ];
  await clock.until(closeInOrder(kinds, clock, 1000));
  expect(log).toEqual([
    '0 balances begins, 500 ms',
    '100 sessions begins, 900 ms',
    '100 views begins, 900 ms',
  ]);
});

test('what hangs at first leaves the others half of the time', async () => {
  const { clock, log, wired } = setUp();
  const left = [{ key: 'linh' }];
  const reports = closeInOrder(
    [
      wired('balances', 'must-survive', Infinity, left),
      wired('views', 'countable', Infinity),
    ],
    clock,
    1000,
  );
  expect(await clock.until(reports)).toEqual([
    { name: 'balances', left },
    { name: 'views', left: [] },
  ]);
  expect(log[1]).toBe('500 views begins, 500 ms');
  expect(clock.now()).toBe(1000);
});

test('one that fails does not keep the others from being closed', async () => {
  const { clock, log, wired } = setUp();
  const error = new Error('the journal is gone');
  const broken = wired('balances', 'must-survive', 0);
  broken.close = () => Promise.reject(error);
  const kinds = [broken, wired('views', 'countable', 0)];
  expect(await clock.until(closeInOrder(kinds, clock, 1000))).toEqual([
    { name: 'balances', left: [], error },
    { name: 'views', left: [] },
  ]);
  expect(log).toHaveLength(1);
});

test('one that overruns its time leaves the others none, rather than less', async () => {
  const { clock, log, wired } = setUp();
  const late = wired('balances', 'must-survive', 0);
  late.close = async () => {
    await sleep(clock, 1500);
    return [];
  };
  const kinds = [late, wired('views', 'countable', 100)];
  await clock.until(closeInOrder(kinds, clock, 1000));
  expect(log).toEqual(['1500 views begins, 0 ms']);
});
