import { expect, test } from 'vitest';
import { PartialWriteError } from '../../shared/store.ts';
import { failureOf } from './write-failure.ts';

const operation = (key: string) =>
  ({ type: 'delete', key, version: 1 }) as const;
const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });

test('an error that names some speaks of these alone', () => {
  const error = new PartialWriteError([operation('b')]);
  const failure = failureOf(error, ['a', 'b']);
  expect([...failure.keys]).toEqual(['b']);
  expect(failure.isCertain).toBe(true);
});

test('an error that names strangers says nothing of ours', () => {
  const error = new PartialWriteError([operation('b'), operation('x')]);
  const failure = failureOf(error, ['a', 'b']);
  expect([...failure.keys]).toEqual(['a', 'b']);
  expect(failure.isCertain).toBe(false);
});

test('a lost connection is an outage, and a row that is locked is none', () => {
  expect(failureOf(reset, ['a']).isOutage).toBe(true);
  const locked = new PartialWriteError([operation('a')], { cause: reset });
  expect(failureOf(locked, ['a', 'b'])).toMatchObject({
    ...{ isOutage: false, kind: 'temporary' },
  });
});
