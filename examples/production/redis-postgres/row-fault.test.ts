import { expect, test } from 'vitest';
import { PermanentError } from '../../write-behind/retries-and-dead-letters/error-kind.ts';
import { isRowFault } from './row-fault.ts';

test.each([
  ['22P05', 'a character that the database does not have'],
  ['23505', 'another row has its place'],
  ['23503', 'the row that it refers to is missing'],
  ['44000', 'a view that does not show it'],
  ['P0001', 'a trigger'],
])('%s: a row may be to blame, for %s', (code) => {
  expect(isRowFault(Object.assign(new Error('refused'), { code }))).toBe(true);
});

test.each([
  ['25006', 'a database that is read-only'],
  ['3D000', 'a database that does not exist'],
  ['42501', 'a right that is missing'],
  ['40001', 'a serialization failure'],
])('%s: no row is to blame for %s', (code) => {
  expect(isRowFault(Object.assign(new Error('refused'), { code }))).toBe(false);
});

test('a value that cannot be written down is a fault of its row', () => {
  expect(
    isRowFault(new TypeError('Do not know how to serialize a BigInt')),
  ).toBe(true);
  expect(isRowFault(new PermanentError('never'))).toBe(true);
});
