import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { planWrites } from './plan-writes.ts';
import { type Choice, demand, story } from './story.ts';

// #region choice
const planned: Choice = {
  options: planWrites(demand).options,
  stack: 'patient-batches',
};
// #endregion choice

export function demo(print: Print): Promise<void> {
  return story(planned, print);
}

if (isMain('production/tuning/after')) void demo(console.log);
