import { afterEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';

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

  test('keeps the process alive for a task, and no longer', () => {
    const before = timersThatKeepTheProcess();
    const cancel = systemClock.schedule(60_000, () => {});
    expect(timersThatKeepTheProcess()).toBe(before + 1);
    cancel();
    expect(timersThatKeepTheProcess()).toBe(before);
  });
});
