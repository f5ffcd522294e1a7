import { afterEach, describe, expect, test, vi } from 'vitest';
import { sleep, systemClock, whileAwaited } from './clock.ts';
import { VirtualClock } from './virtual-clock.ts';

function timersThatKeepTheProcess(): number {
  return process
    .getActiveResourcesInfo()
    .filter((resource) => resource === 'Timeout').length;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the clock of the system', () => {
  test('tells the milliseconds since the epoch', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
  });

  test('runs a task after its delay, once', () => {
    vi.useFakeTimers();
    const task = vi.fn();
    systemClock.schedule(1000, task);
    vi.advanceTimersByTime(999);
    expect(task).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5000);
    expect(task).toHaveBeenCalledOnce();
  });

  test('does not keep the process for a task', () => {
    const before = timersThatKeepTheProcess();
    const cancel = systemClock.schedule(60_000, () => {});
    expect(timersThatKeepTheProcess()).toBe(before);
    cancel();
  });

  test('keeps the process when it is asked to, until it is released', () => {
    const before = timersThatKeepTheProcess();
    const release = systemClock.keepAlive?.();
    expect(timersThatKeepTheProcess()).toBe(before + 1);
    release?.();
    expect(timersThatKeepTheProcess()).toBe(before);
  });
});

describe('the process is kept while somebody is waited for', () => {
  test.each([
    ['who succeeds', async () => {}],
    ['who fails', () => Promise.reject(new Error('no'))],
  ])('%s', async (_, work) => {
    const before = timersThatKeepTheProcess();
    const awaited = whileAwaited(systemClock, work());
    expect(timersThatKeepTheProcess()).toBe(before + 1);
    await awaited.catch(() => {});
    expect(timersThatKeepTheProcess()).toBe(before);
  });

  test('but not by a clock that cannot', async () => {
    const clock = new VirtualClock();
    expect(await whileAwaited(clock, Promise.resolve('done'))).toBe('done');
  });
});

test('who sleeps takes time, and none for no time', async () => {
  const clock = new VirtualClock();
  await clock.until(sleep(clock, 20));
  expect(clock.now()).toBe(20);
  await sleep(clock, 0);
});
