import { expect, test } from 'vitest';
import { demo, observe } from './triggers.ts';

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('triggers.out.txt');
});

test('a threshold alone never stores a few hot keys', async () => {
  const { calls, mostUnsaved } = await observe('hot keys', 'threshold');
  expect(calls).toBe(0);
  expect(mostUnsaved).toBe(30_000);
});

test('with both, no change is older than an interval and a write', async () => {
  for (const load of ['a trickle', 'a stream', 'a burst'] as const) {
    const { oldestMs } = await observe(load, 'both');
    expect(oldestMs, load).toBeLessThanOrEqual(1020);
  }
});
