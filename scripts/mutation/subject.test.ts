import { expect, test } from 'vitest';
import { root } from '../tool.mjs';
import { subjectOf } from './subject.mjs';

test('a module has its unit tests tried first, and then its others', () => {
  const folder = 'scripts/mutation/fixtures';
  expect(subjectOf(root, `${folder}/countdown.ts`)).toEqual({
    module: `${folder}/countdown.ts`,
    rounds: [
      [`${folder}/countdown.test.ts`],
      [`${folder}/countdown.slow.test.ts`],
    ],
    report: `${folder}/countdown.mutations.json`,
    summary: `${folder}/countdown.mutations.txt`,
    reasons: `${folder}/countdown.survivors.json`,
  });
});
