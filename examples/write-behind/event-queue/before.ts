import { sleep } from '../../shared/clock.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { LoggedMessage } from './event-log.ts';
import { operationOf } from './operation-message.ts';
import { type MakeConsumer, story } from './story.ts';

export const inOrder: MakeConsumer = (store, _, clock) => {
  // #region consumer
  async function written(message: LoggedMessage) {
    try {
      await store.write([operationOf<number>(message)]);
      return true;
    } catch {
      return false;
    }
  }

  return (partition) => {
    let last = Promise.resolve();

    async function take(message: LoggedMessage) {
      // #region bug
      while (!(await written(message))) {
        await sleep(clock, 1000);
      }
      // #endregion bug
      await partition.acknowledge(message.position);
    }

    return {
      async read(messages) {
        for (const message of messages) {
          last = last.then(() => take(message));
        }
        await last;
      },
      stop: () => last,
    };
  };
  // #endregion consumer
};

export function demo(print: Print): Promise<void> {
  return story(inOrder, print);
}

if (isMain('write-behind/event-queue/before'))
  void demo(console.log);
