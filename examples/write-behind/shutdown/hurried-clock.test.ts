import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { HurriedClock } from './hurried-clock.ts';

test('until it is hurried, it is the clock that it was given', async () => {
  const { time, clock, ran } = newWorld();
  clock.schedule(20, ran('late'));
  clock.schedule(10, ran('early'));
  const cancel = clock.schedule(15, ran('cancelled'));
  cancel();
  await time.advance(15);
  expect(ran.names).toEqual(['early']);
  expect(clock.now()).toBe(15);
  await time.advance(5);
  expect(ran.names).toEqual(['early', 'late']);
  expect(time.isIdle).toBe(true);
});

test('hurried, it runs at once what is scheduled, and once only', async () => {
  const { time, clock, ran } = newWorld();
  clock.schedule(10, ran('first'));
  clock.schedule(20, ran('second'));
  clock.hurry();
  expect(ran.names).toEqual(['first', 'second']);
  expect(time.isIdle).toBe(true);
  clock.hurry();
  expect(ran.names).toHaveLength(2);
});

test('what a task cancels or schedules meanwhile is not hurried', async () => {
  const { time, clock, ran } = newWorld();
  clock.schedule(10, () => {
    cancel();
    clock.schedule(30, ran('scheduled by it'));
  });
  const cancel = clock.schedule(20, ran('cancelled by it'));
  clock.hurry();
  expect(ran.names).toEqual([]);
  await time.advance(30);
  expect(ran.names).toEqual(['scheduled by it']);
});

test('it keeps the process as its clock does, if that can', () => {
  let holds = 0;
  const keepAlive = () => {
    holds += 1;
    return () => {
      holds -= 1;
    };
  };
  const time = { now: () => 0, schedule: () => () => {}, keepAlive };
  const release = new HurriedClock(time).keepAlive();
  expect(holds).toBe(1);
  release();
  expect(holds).toBe(0);
  expect(() => newWorld().clock.keepAlive()()).not.toThrow();
});

test('by default, it is the time of the system', () => {
  const before = Date.now();
  expect(new HurriedClock().now()).toBeGreaterThan(before - 60_000);
});

// #region hurry
test('a drain that is hurried reports at once what is left', async () => {
  const time = new VirtualClock();
  const clock = new HurriedClock(time);
  const store = new InMemoryStore<string, string>({ clock: time });
  const cache = new WriteBehindCache<string, string>({ store, clock });
  store.hang();
  await cache.set('linh', 'home');
  const closed = cache.close({ timeoutMs: 10_000 });
  await time.advance(2500);

  clock.hurry();

  const { abandoned } = await closed;
  expect(abandoned).toMatchObject([{ key: 'linh', value: 'home' }]);
  expect(time.now()).toBe(2500);
});
// #endregion hurry

function newWorld() {
  const time = new VirtualClock();
  const names: string[] = [];
  const ran = Object.assign(
    (name: string) => () => {
      names.push(name);
    },
    { names },
  );
  return { time, clock: new HurriedClock(time), ran };
}
