import { expect, test } from 'vitest';
import { foldersOf } from './folders.ts';

test('each folder has what is directly in it, the root included', () => {
  const examples = [
    'package.json',
    'shared/clock.ts',
    'strategies/write-behind/after.ts',
    'strategies/write-behind/before.ts',
  ];
  expect(foldersOf(examples)).toEqual([
    { path: '', folders: ['shared', 'strategies'], files: ['package.json'] },
    { path: 'shared', folders: [], files: ['shared/clock.ts'] },
    { path: 'strategies', folders: ['strategies/write-behind'], files: [] },
    {
      path: 'strategies/write-behind',
      folders: [],
      files: [
        'strategies/write-behind/after.ts',
        'strategies/write-behind/before.ts',
      ],
    },
  ]);
});
