import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../tool.mjs';
import { subjectOf } from './subject.mjs';
import { Trial } from './trial.mjs';

const generous = { testMs: 60_000, roundMs: 60_000 };
const module = 'scripts/mutation/fixtures/countdown.ts';
const text = fs.readFileSync(path.join(root, module), 'utf8');

let limits = generous;
const trial = new Trial(root, subjectOf(root, module), () => limits);

beforeAll(() => trial.begin(text));
afterAll(() => trial.end());

test('a mutant is killed when a test fails', async () => {
  const mutant = text.replace('lift-off', '');
  expect(await trial.judge(mutant)).toBe('killed');
});

test('a mutant is killed in the second round, too', async () => {
  const mutant = text.replace('let left = from', 'let left = from || -1');
  expect(await trial.judge(mutant)).toBe('killed');
});

test('a mutant that no test fails for survives', async () => {
  const mutant = text.replace('never', '');
  expect(await trial.judge(mutant)).toBe('survived');
});

test('a mutant that loops is stopped, and the next is judged', async () => {
  limits = { ...generous, roundMs: 50 };
  const mutant = text.replace('left -= 1', 'left -= 0');
  expect(await trial.judge(mutant)).toBe('hung');
  limits = generous;
  expect(await trial.judge(text)).toBe('survived');
});

test('a mutant that waits for ever is killed', async () => {
  limits = { ...generous, testMs: 50 };
  const mutant = text.replace('return', 'await new Promise(() => {}); return');
  expect(await trial.judge(mutant)).toBe('killed');
  limits = generous;
});

test('the tests must pass with the module itself', async () => {
  await expect(trial.begin(text.replace('lift-off', ''))).rejects.toThrow(
    'the tests fail by themselves: a countdown ends',
  );
});
