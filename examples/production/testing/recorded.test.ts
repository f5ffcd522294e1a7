import { expect, test } from 'vitest';
import { demo as brokenPromise } from './broken-promise.ts';
import { demo as failingSeed } from './failing-seed.ts';
import { demo as smallestHistory } from './smallest-history.ts';

async function printed(demo: typeof brokenPromise): Promise<string> {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  return output;
}

test('the kit tells which promise a cache breaks, and how', async () => {
  const output = await printed(brokenPromise);
  expect(output).toContain('P3 nothing vanishes, at ');
  await expect(output).toMatchFileSnapshot('broken-promise.out.txt');
});

test('a seed tells how a cache breaks a promise', async () => {
  const output = await printed(failingSeed);
  expect(output).toContain('P5 deletes hold, at ');
  await expect(output).toMatchFileSnapshot('failing-seed.out.txt');
});

test('a history is made smaller as long as it breaks a promise', async () => {
  const output = await printed(smallestHistory);
  expect(output).toContain('P3 nothing vanishes, at ');
  await expect(output).toMatchFileSnapshot('smallest-history.out.txt');
});
