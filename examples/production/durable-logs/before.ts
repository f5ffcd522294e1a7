import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { JobQueue } from './job-queue.ts';
import { type OpenQueue, story, type Write } from './story.ts';

export const jobs: OpenQueue = async (prices, clock) => {
  // #region queue
  const queue = new JobQueue<Write>({
    clock,
    concurrency: 1,
    async work(write) {
      // #region bug
      await prices.put(write);
      // #endregion bug
    },
  });
  // #endregion queue
  return async (write) => queue.add(write);
};

export function demo(print: Print): Promise<void> {
  return story('a job queue', jobs, print);
}

if (isMain('production/durable-logs/before')) void demo(console.log);
