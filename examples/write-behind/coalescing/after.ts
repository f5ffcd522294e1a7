import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { CoalescingQueue } from './coalescing-queue.ts';
import { story } from './story.ts';

export function demo(print: Print): Promise<void> {
  return story(
    (combine, write, clock) =>
      new CoalescingQueue({
        combine,
        write,
        clock,
        onError: (error) =>
          print(`  tried again after: ${String(error)}`),
      }),
    print,
  );
}

if (isMain('write-behind/coalescing/after')) {
  void demo(console.log);
}
