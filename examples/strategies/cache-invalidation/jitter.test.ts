import { expect, test } from 'vitest';
import { demo, measure } from './jitter.ts';

test('what was filled at once ends at once, without jitter', async () => {
  expect((await measure(0)).worstSecond).toBe(1000);
});

test('a jitter of a fifth makes it a ninth, for an eighth more loads', async () => {
  const { worstSecond, loads } = await measure(0.2);
  expect(worstSecond).toBeLessThan(1000 / 9);
  expect(loads).toBeLessThan(((await measure(0)).loads * 9) / 8);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('jitter.out.txt');
});
