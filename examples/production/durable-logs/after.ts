import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { setAsideOn } from '../../write-behind/event-queue/dead-letter.ts';
import { InMemoryLog } from '../../write-behind/event-queue/in-memory-log.ts';
import {
  messageOf,
  operationOf,
} from '../../write-behind/event-queue/operation-message.ts';
import { PartitionWriter } from '../../write-behind/event-queue/partition-writer.ts';
import { JobQueue } from './job-queue.ts';
import { type OpenQueue, story, type Write } from './story.ts';

export const jobs: OpenQueue = async (prices, clock) => {
  // #region queue
  const queue = new JobQueue<Write>({
    clock,
    concurrency: 1,
    async work(write) {
      // #region mend
      await prices.write([write]);
      // #endregion mend
    },
  });
  // #endregion queue
  return async (write) => queue.add(write);
};

export const log: OpenQueue = async (store, clock) => {
  const events = new InMemoryLog();
  const letters = new InMemoryLog();
  // #region log
  await events.consume(
    (partition) =>
      new PartitionWriter<number>(partition, {
        store,
        operationOf,
        setAside: (message, error) => setAsideOn(letters, message, error),
        onError: () => {},
        clock,
      }),
  );
  // #endregion log
  return async (write) => {
    await events.publish(messageOf(write));
  };
};

export async function demo(print: Print): Promise<void> {
  await story('a job queue, and versions', jobs, print);
  await story('a log, and versions', log, print);
}

if (isMain('production/durable-logs/after')) void demo(console.log);
