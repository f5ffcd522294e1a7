import { expect, test } from 'vitest';
import { sleep } from './clock.ts';
import { Stopwatch } from './stopwatch.ts';
import { VirtualClock } from './virtual-clock.ts';

test('a stopwatch prints how long each step takes', async () => {
  const clock = new VirtualClock();
  const lines: string[] = [];
  const watch = new Stopwatch(clock, (line) => lines.push(line));

  await watch.time('think', () => sleep(clock, 42));
  await watch.time('answer', async () => 'yes');
  await watch.pass(1000);
  watch.note('all is said');

  expect(lines).toEqual([
    '   42 ms  think',
    '    0 ms  answer: yes',
    ' 1000 ms  pass',
    '          all is said',
  ]);
});
