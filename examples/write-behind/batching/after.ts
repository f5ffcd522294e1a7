import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { AdaptiveSize } from './adaptive-size.ts';
import { story } from './story.ts';

export function demo(print: Print): Promise<void> {
  return story(
    (targetMs) => new AdaptiveSize({ targetMs }),
    print,
  );
}

if (isMain('write-behind/batching/after')) {
  void demo(console.log);
}
