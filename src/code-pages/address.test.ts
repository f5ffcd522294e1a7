import { expect, test } from 'vitest';
import { fileAddress, folderAddress, plainAddress } from './address.ts';

test('a file stands on the page of its folder, and alone as plain text', () => {
  const example = 'strategies/write-behind/after.ts';
  expect(fileAddress(example)).toBe('code/strategies/write-behind/#after.ts');
  expect(plainAddress(example)).toBe('code/strategies/write-behind/after.ts');
});

test('a file outside of all folders stands on the first page', () => {
  expect(fileAddress('package.json')).toBe('code/#package.json');
  expect(folderAddress('')).toBe('code/');
});
