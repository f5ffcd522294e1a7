import { expect, test } from 'vitest';
import { PartialWriteError } from '../../shared/store.ts';
import { PermanentError } from '../retries-and-dead-letters/error-kind.ts';
import { deadLetterOf, setAsideOn } from './dead-letter.ts';
import { InMemoryLog } from './in-memory-log.ts';
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

test('a letter that is too large is set aside without its body, and says so', async () => {
  const letters = new InMemoryLog();
  letters.failNext(new PermanentError('too large'));
  await setAsideOn(letters, logged, 'too long');
  const { headers } = deadLetterOf(logged, 'too long');
  const note = { 'dead-letter-body': 'left out: 1 bytes' };
  expect(letters.messages()).toMatchObject([
    { key: '/bad', body: new Uint8Array(), headers: { ...headers, ...note } },
  ]);
});

test('an outage takes nothing from a letter', async () => {
  const letters = new InMemoryLog();
  letters.failNext(new Error('no leader'));
  await expect(setAsideOn(letters, logged, 'no')).rejects.toThrow('no leader');
  expect(letters.messages()).toEqual([]);
  await setAsideOn(letters, logged, 'no');
  expect(letters.messages()).toMatchObject([deadLetterOf(logged, 'no')]);
});

test('where even that is too large, it is not safe', async () => {
  const letters = new InMemoryLog();
  const refusal = new PermanentError('too large');
  letters.failNext(refusal, refusal);
  await expect(setAsideOn(letters, logged, 'no')).rejects.toBe(refusal);
});
