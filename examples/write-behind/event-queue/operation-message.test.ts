import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Operation } from '../../shared/store.ts';
import { messageOf, operationOf } from './operation-message.ts';

const version = fc.nat(Number.MAX_SAFE_INTEGER);
const operation: fc.Arbitrary<Operation<string, unknown>> = fc.oneof(
  fc.record({
    type: fc.constant('set' as const),
    key: fc.string(),
    value: fc.jsonValue({ noUnicodeString: false }),
    version,
  }),
  fc.record({
    type: fc.constant('delete' as const),
    key: fc.string(),
    version,
  }),
);

test('an operation arrives as it was sent', () => {
  fc.assert(
    fc.property(operation, (sent) => {
      const received = operationOf(messageOf(sent));
      // There is no negative zero in JSON.
      expect(JSON.stringify(received)).toBe(JSON.stringify(sent));
    }),
  );
});

const set = messageOf({ type: 'set', key: 'a', value: 1, version: 2 });

test.each([
  ['no version', { type: 'set' }],
  ['an empty version', { type: 'set', version: '' }],
  ['a version that is no number', { type: 'set', version: '1e3' }],
  ['a version too large to compare', { type: 'set', version: '9'.repeat(20) }],
  ['no type', { version: '2' }],
  ['another type', { type: 'merge', version: '2' }],
])('a message with %s is none of ours', (_, headers) => {
  expect(() => operationOf({ ...set, headers })).toThrow('expected');
});

test('a body that is cut off is no value', () => {
  const cut = messageOf({ type: 'set', key: 'a', value: 'é', version: 2 });
  const body = cut.body.slice(0, 2);
  expect(() => operationOf({ ...cut, body })).toThrow();
});
