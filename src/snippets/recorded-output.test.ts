import { expect, test } from 'vitest';
import { commandFor, programOf } from './recorded-output.ts';

test('a recorded output leads to the program that printed it', () => {
  expect(programOf('strategies/write-behind/after.out.txt')).toBe(
    'strategies/write-behind/after.ts',
  );
  expect(programOf('strategies/write-behind/after.ts')).toBeUndefined();
});

test('a program is run by its path without the ending', () => {
  expect(commandFor('strategies/write-behind/after.ts')).toBe(
    'npm run example strategies/write-behind/after',
  );
});
