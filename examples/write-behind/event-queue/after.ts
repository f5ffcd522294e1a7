import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { deadLetterOf } from './dead-letter.ts';
import { operationOf } from './operation-message.ts';
import { PartitionWriter } from './partition-writer.ts';
import { type MakeConsumer, story } from './story.ts';

export const inBatches: MakeConsumer = (
  store,
  deadLetters,
  clock,
) => {
  // #region consumer
  return (partition) =>
    new PartitionWriter<number>(partition, {
      store,
      operationOf,
      // #region mend
      async setAside(message, error) {
        const letter = deadLetterOf(message, error);
        await deadLetters.publish(letter);
      },
      // #endregion mend
      onError: () => {},
      clock,
    });
  // #endregion consumer
};

export function demo(print: Print): Promise<void> {
  return story(inBatches, print);
}

if (isMain('write-behind/event-queue/after'))
  void demo(console.log);
