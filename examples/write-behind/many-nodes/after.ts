import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { type Services, withServices } from './nodes.ts';
import { story } from './story.ts';

export function demo(
  services: Services,
  print: Print,
): Promise<void> {
  return story(services, { isFenced: true }, print);
}

if (isMain('write-behind/many-nodes/after')) {
  void withServices((services) => demo(services, console.log));
}
