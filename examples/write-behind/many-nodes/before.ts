import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { withServices } from './nodes.ts';
import { story } from './story.ts';

export function demo(print: Print): Promise<void> {
  return withServices((services) =>
    story(services, { isFenced: false }, print),
  );
}

if (isMain('write-behind/many-nodes/before')) {
  void demo(console.log);
}
