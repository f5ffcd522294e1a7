import { expect, test } from 'vitest';
import { sleep } from './clock.ts';
import { TimeoutError, within } from './timeout.ts';
import { VirtualClock } from './virtual-clock.ts';

test('work that is done in time has its own outcome', async () => {
  const clock = new VirtualClock();
  const answer = within(
    clock,
    50,
    sleep(clock, 49).then(() => 'pro'),
  );
  expect(await clock.until(answer)).toBe('pro');
  const failure = within(clock, 50, Promise.reject(new Error('reset')));
  await expect(clock.until(failure)).rejects.toThrow('reset');
});

test('work that takes longer is not waited for', async () => {
  const clock = new VirtualClock();
  const begin = clock.now();
  const work = within(clock, 50, new Promise(() => {}));
  await expect(clock.until(work)).rejects.toThrow(
    new TimeoutError('no answer within 50 ms'),
  );
  expect(clock.now() - begin).toBe(50);
});

test('and its later failure is nobody else’s', async () => {
  const clock = new VirtualClock();
  const late = sleep(clock, 60).then(() => {
    throw new Error('too late');
  });
  await expect(clock.until(within(clock, 50, late))).rejects.toThrow('50 ms');
  await clock.advance(100);
});

test('nothing is left to wake up once the work is done', async () => {
  let timers = 0;
  let holds = 0;
  const clock = {
    now: () => 0,
    schedule() {
      timers += 1;
      return () => {
        timers -= 1;
      };
    },
    keepAlive() {
      holds += 1;
      return () => {
        holds -= 1;
      };
    },
  };
  const answer = within(clock, 50, Promise.resolve('pro'));
  expect([timers, holds]).toEqual([1, 1]);
  await answer;
  expect([timers, holds]).toEqual([0, 0]);
});
