import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { setAsideOn } from './dead-letter.ts';
import { operationOf } from './operation-message.ts';
import { PartitionWriter } from './partition-writer.ts';
import { type MakeConsumer, story } from './story.ts';

export const inBatches: MakeConsumer = (
  store,
  deadLetters,
  clock,
  print,
) => {
  // #region consumer
  return (partition) =>
    new PartitionWriter<number>(partition, {
      store,
      operationOf,
      // #region mend
      setAside: (message, error) =>
        setAsideOn(deadLetters, message, error),
      // #endregion mend
      onError: (error) => print(`consumer: ${error}`),
      clock,
    });
  // #endregion consumer
};

export function demo(print: Print): Promise<void> {
  return story(inBatches, print);
}

if (isMain('write-behind/event-queue/after'))
  void demo(console.log);
