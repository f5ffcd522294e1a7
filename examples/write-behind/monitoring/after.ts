import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { story } from './story.ts';
import { WriteBehindMonitor } from './write-behind-monitor.ts';

export function demo(print: Print): Promise<void> {
  return story(
    (options) => new WriteBehindMonitor(options),
    print,
  );
}

if (isMain('write-behind/monitoring/after')) {
  void demo(console.log);
}
