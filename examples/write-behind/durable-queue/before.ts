import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { PoppedListJournal } from './popped-list-journal.ts';
import { story } from './story.ts';

export function demo(print: Print): Promise<void> {
  return story(
    'popped',
    (url, list) =>
      PoppedListJournal.open<string>({ url, list }),
    async (journal) => {
      const left = await journal.replay();
      print(`the third process finds ${left.length}`);
    },
    print,
  );
}

if (isMain('write-behind/durable-queue/before')) {
  void demo(console.log);
}
