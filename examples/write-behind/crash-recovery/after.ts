import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { story } from './story.ts';

export function demo(print: Print): Promise<void> {
  return story('sqlite-group', print);
}

if (isMain('write-behind/crash-recovery/after')) {
  void demo(console.log);
}
