import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { type Choice, story } from './story.ts';

// #region choice
const defaults: Choice = {
  options: {},
  stack: 'cache',
};
// #endregion choice

export function demo(print: Print): Promise<void> {
  return story(defaults, print);
}

if (isMain('production/tuning/before')) void demo(console.log);
