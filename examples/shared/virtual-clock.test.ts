import { describe, expect, test } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

function setUp() {
  const clock = new VirtualClock();
  const log: string[] = [];
  const note = (text: string) => log.push(`${clock.now()} ${text}`);
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => clock.schedule(ms, resolve));
  return { clock, log, note, sleep };
}

describe('a virtual clock', () => {
  test('runs what falls due, in order, each at its own time', async () => {
    const { clock, log, note } = setUp();
    clock.schedule(30, () => note('third'));
    clock.schedule(10, () => note('first'));
    clock.schedule(10, () => note('second'));
    clock.schedule(31, () => note('too late'));
    await clock.advance(30);
    expect(log).toEqual(['10 first', '10 second', '30 third']);
    expect(clock.now()).toBe(30);
  });

  test('runs what a task schedules in the same stretch of time', async () => {
    const { clock, log, note } = setUp();
    clock.schedule(10, () => {
      clock.schedule(5, () => note('child'));
    });
    await clock.advance(20);
    expect(log).toEqual(['15 child']);
  });

  test('lets promise jobs settle before the next task', async () => {
    const { clock, log, note, sleep } = setUp();
    const chain = async () => {
      await sleep(10);
      for (let job = 0; job < 50; job++) await undefined;
      note('jobs of the first task');
    };
    void chain();
    clock.schedule(10, () => note('second task'));
    await clock.advance(10);
    expect(log).toEqual(['10 jobs of the first task', '10 second task']);
  });

  test('sees what promise jobs schedule before it moves', async () => {
    const { clock, log, note } = setUp();
    void Promise.resolve().then(() => clock.schedule(1, () => note('ran')));
    await clock.advance(1);
    expect(log).toEqual(['1 ran']);
  });

  test('runs nothing that is cancelled', async () => {
    const { clock, log, note } = setUp();
    const cancel = clock.schedule(10, () => note('cancelled'));
    cancel();
    await clock.advance(10);
    expect(log).toEqual([]);
  });

  test('is idle when nothing is scheduled any more', async () => {
    const { clock } = setUp();
    expect(clock.isIdle).toBe(true);
    clock.schedule(10, () => {});
    const cancel = clock.schedule(20, () => {});
    await clock.advance(10);
    expect(clock.isIdle).toBe(false);
    cancel();
    expect(clock.isIdle).toBe(true);
  });

  test.each([-1, Number.NaN])('knows no delay of %d ms', (delay) => {
    const { clock } = setUp();
    expect(() => clock.schedule(delay, () => {})).toThrow(RangeError);
  });

  test('goes as far as a promise needs to settle', async () => {
    const { clock, sleep } = setUp();
    const work = sleep(20).then(() => sleep(15));
    await clock.until(work.then(() => 'done'));
    expect(clock.now()).toBe(35);
  });

  test('stands still where a promise needs no time', async () => {
    const { clock, log, note } = setUp();
    clock.schedule(0, () => note('not needed'));
    expect(await clock.until(Promise.resolve('done'))).toBe('done');
    expect(log).toEqual([]);
  });

  test('passes the error of a promise on', async () => {
    const { clock, sleep } = setUp();
    const work = sleep(5).then(() => {
      throw new Error('the disk is full');
    });
    await expect(clock.until(work)).rejects.toThrow('the disk is full');
  });

  test('tells when a promise would never settle', async () => {
    const { clock } = setUp();
    await expect(clock.until(new Promise(() => {}))).rejects.toThrow(
      'it would never settle: nothing is scheduled',
    );
  });

  test('tells when a promise has not settled in time', async () => {
    const { clock, log, note } = setUp();
    const tick = () => {
      note('tick');
      clock.schedule(20, tick);
    };
    tick();
    await expect(clock.until(new Promise(() => {}), 50)).rejects.toThrow(
      'it has not settled within 50 ms',
    );
    expect(log).toEqual(['0 tick', '20 tick', '40 tick']);
    expect(clock.now()).toBe(50);
  });

  test('is moved by one at a time', async () => {
    const { clock, log, note } = setUp();
    clock.schedule(5, () => note('ran'));
    const first = clock.advance(10);
    await expect(clock.advance(10)).rejects.toThrow(
      'the time is being moved already',
    );
    await first;
    expect(log).toEqual(['5 ran']);
  });
});
