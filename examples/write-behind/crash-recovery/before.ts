import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { story } from './story.ts';

export function demo(print: Print): Promise<void> {
  return story('memory', print);
}

if (isMain('write-behind/crash-recovery/before')) {
  void demo(console.log);
}
