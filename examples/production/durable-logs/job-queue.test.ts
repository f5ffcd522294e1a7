import { describe, expect, test } from 'vitest';
import { sleep } from '../../shared/clock.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { JobQueue } from './job-queue.ts';

describe('a job queue', () => {
  test('starts its jobs in the order in which they came', async () => {
    const { queue, begun, clock } = queueOf({ takes: { a: 30, b: 10 } });
    for (const job of ['a', 'b', 'c']) queue.add(job);
    await clock.advance(100);
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  test('has as many on their way as it may, and no more', async () => {
    const { queue, begun, clock } = queueOf({ concurrency: 2 });
    for (const job of ['a', 'b', 'c']) queue.add(job);
    expect(begun).toEqual(['a', 'b']);
    await clock.advance(10);
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  test('ends them in another order, where two are on their way', async () => {
    const takes = { a: 30, b: 10 };
    const { queue, ended, clock } = queueOf({ takes, concurrency: 2 });
    for (const job of ['a', 'b']) queue.add(job);
    await clock.advance(100);
    expect(ended).toEqual(['b', 'a']);
  });

  test('lets what has failed wait, and others pass', async () => {
    const { queue, ended, clock } = queueOf({ failures: { a: 1 } });
    for (const job of ['a', 'b']) queue.add(job);
    await clock.advance(1009);
    expect(ended).toEqual(['b']);
    queue.add('c');
    await clock.advance(100);
    expect(ended).toEqual(['b', 'c', 'a']);
  });

  test('lets others pass even where a retry does not wait', async () => {
    const options = { failures: { a: 1 }, backoffMs: 0 };
    const { queue, ended, clock } = queueOf(options);
    for (const job of ['a', 'b', 'c']) queue.add(job);
    await clock.advance(100);
    expect(ended).toEqual(['b', 'c', 'a']);
  });

  test('waits twice as long after each failure', async () => {
    const { queue, begun, clock } = queueOf({ failures: { a: 2 } });
    queue.add('a');
    await clock.advance(10 + 1000);
    expect(begun).toHaveLength(2);
    await clock.advance(10 + 1999);
    expect(begun).toHaveLength(2);
    await clock.advance(1);
    expect(begun).toHaveLength(3);
  });

  test('gives a job up when its attempts are used up', async () => {
    const { queue, begun, ended, clock } = queueOf({ failures: { a: 3 } });
    queue.add('a');
    await clock.advance(60_000);
    expect(begun).toEqual(['a', 'a', 'a']);
    expect(ended).toEqual([]);
    expect(queue.failed()).toEqual(['a']);
  });

  test.each([{ concurrency: 0 }, { attempts: 1.5 }, { backoffMs: -1 }])(
    'refuses %o',
    (options) => {
      expect(() => queueOf(options)).toThrow(Object.keys(options)[0]);
    },
  );
});

interface Jobs {
  /** Milliseconds. Default: 10. */
  readonly takes?: Readonly<Record<string, number>>;
  /** How often it fails first. Default: 0. */
  readonly failures?: Readonly<Record<string, number>>;
  readonly concurrency?: number;
  readonly attempts?: number;
  readonly backoffMs?: number;
}

function queueOf({ takes = {}, failures = {}, ...options }: Jobs) {
  const clock = new VirtualClock();
  const begun: string[] = [];
  const ended: string[] = [];
  const queue = new JobQueue<string>({
    clock,
    async work(job) {
      begun.push(job);
      const attempt = begun.filter((it) => it === job).length;
      await sleep(clock, takes[job] ?? 10);
      if (attempt <= (failures[job] ?? 0)) throw new Error(`${job} fails`);
      ended.push(job);
    },
    ...options,
  });
  return { queue, begun, ended, clock };
}
