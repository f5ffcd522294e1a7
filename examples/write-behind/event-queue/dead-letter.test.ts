import { expect, test } from 'vitest';
import { PartialWriteError } from '../../shared/store.ts';
import { deadLetterOf } from './dead-letter.ts';
import { messageOf } from './operation-message.ts';

const message = messageOf({ type: 'set', key: '/bad', value: 1, version: 2 });
const logged = {
  ...message,
  headers: { ...message.headers, trace: 'f00' },
  ...{ partition: 3, position: 17 },
};

test('a dead letter is the message as it came, with where from and why', () => {
  const letter = deadLetterOf(logged, new Error('value\ntoo  long'));
  expect(letter).toEqual({
    key: '/bad',
    body: message.body,
    headers: {
      type: 'set',
      version: '2',
      trace: 'f00',
      'dead-letter-reason': 'Error: value too long',
      'dead-letter-partition': '3',
      'dead-letter-position': '17',
    },
  });
});

test('the reason is what the row was refused for', () => {
  const operation = { type: 'delete', key: '/bad', version: 2 } as const;
  const cause = new Error('numeric field overflow');
  const error = new PartialWriteError([operation], { cause });
  const { headers } = deadLetterOf(logged, error);
  expect(headers['dead-letter-reason']).toBe('Error: numeric field overflow');
});

test('a reason is never so long that the letter is refused for it', () => {
  const { headers } = deadLetterOf(logged, 'x'.repeat(100_000));
  expect(headers['dead-letter-reason']).toHaveLength(500);
});
