import { describe, expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  isPartialWriteError,
  isPermanent,
  type Operation,
  PartialWriteError,
} from '../../shared/store.ts';
import { TimeoutError } from '../../shared/timeout.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { errorKind, markPermanent, PermanentError } from './error-kind.ts';

function coded(code: string, options?: ErrorOptions): Error {
  return Object.assign(new Error(`failed with ${code}`, options), { code });
}

const lamp: Operation<string, number> = {
  ...{ type: 'set', key: 'lamp', value: 49, version: 1 },
};
const chair: Operation<string, number> = { ...lamp, key: 'chair' };

describe('it passes:', () => {
  test.each([
    ['08006', 'the connection is lost'],
    ['40001', 'a serialization failure'],
    ['40P01', 'a deadlock'],
    ['53300', 'too many connections'],
    ['55P03', 'a lock is not available'],
    ['57014', 'a statement timeout'],
    ['57P01', 'a shutdown'],
    ['57P03', 'a start that is not over'],
    ['25006', 'a primary that has become a standby'],
    ['58030', 'an error of the disk'],
    ['ECONNREFUSED', 'nobody listens'],
    ['EPIPE', 'a broken pipe, as long as a SQLSTATE'],
    ['EAI_AGAIN', 'no answer from the name server'],
  ])('%s, %s', (code) => {
    expect(errorKind(coded(code))).toBe('temporary');
  });
});

describe('the row itself is to blame:', () => {
  test.each([
    ['22001', 'a string that is too long'],
    ['22003', 'a number out of range'],
    ['22P05', 'a character that the database does not have'],
    ['23502', 'null where there must be a value'],
    ['23514', 'a check'],
    ['54000', 'an index row that is too large'],
  ])('%s, %s', (code) => {
    expect(errorKind(coded(code))).toBe('permanent');
  });
});

describe('nobody can say, so it is tried again:', () => {
  test.each([
    ['23503', 'the row that it refers to may be on its way'],
    ['23505', 'the row that has its place may be about to leave'],
    ['42P01', 'the table may come with the next migration'],
    ['42501', 'the right may come as well'],
    ['28P01', 'a wrong password is no fault of the row'],
    ['ER_X1', 'no SQLSTATE at all'],
  ])('%s, %s', (code) => {
    expect(errorKind(coded(code))).toBe('unknown');
  });

  test.each([
    ['a bug', new TypeError('x is undefined')],
    ['a string that is thrown', 'down'],
    ['nothing', undefined],
  ])('%s', (_, error) => {
    expect(errorKind(error)).toBe('unknown');
  });
});

test('a timeout passes, whoever has waited', () => {
  expect(errorKind(new TimeoutError('no answer'))).toBe('temporary');
  const ofTheWeb = new DOMException('The operation timed out', 'TimeoutError');
  expect(errorKind(ofTheWeb)).toBe('temporary');
});

test('the code may be that of a cause', () => {
  const query = new Error('query failed', { cause: coded('23514') });
  expect(errorKind(new Error('save failed', { cause: query }))).toBe(
    'permanent',
  );
});

test('causes that go round in a circle have an end', () => {
  const error = new Error('round');
  error.cause = error;
  expect(errorKind(error)).toBe('unknown');
});

test('what says that it is permanent is taken at its word', () => {
  expect(errorKind(new PermanentError('never'))).toBe('permanent');
  const options = { permanent: true, cause: coded('08006') };
  const error = new PartialWriteError([lamp, chair], options);
  expect(errorKind(error)).toBe('permanent');
});

test('the cause of several rows is blamed on none of them', () => {
  const options = { cause: coded('23514') };
  expect(errorKind(new PartialWriteError([lamp], options))).toBe('permanent');
  const several = new PartialWriteError([lamp, chair], options);
  expect(errorKind(several)).toBe('unknown');
  const one = new PartialWriteError([lamp], { cause: several });
  expect(errorKind(one)).toBe('unknown');
});

describe('a store that marks its errors', () => {
  async function failureOf(error: unknown): Promise<unknown> {
    const store = new InMemoryStore<string, number>();
    store.failNextWrites(error);
    return markPermanent(store)
      .write([lamp])
      .catch((failure: unknown) => failure);
  }

  test('says of a permanent one that it is, and keeps it as the cause', async () => {
    const error = coded('23514');
    const failure = await failureOf(error);
    expect(isPermanent(failure)).toBe(true);
    expect(failure).toMatchObject({ cause: error });
  });

  test('lets the others pass as they are', async () => {
    for (const code of ['40001', '23505']) {
      const error = coded(code);
      expect(await failureOf(error)).toBe(error);
    }
  });

  test('goes on naming the operations that failed', async () => {
    const options = { cause: coded('22003') };
    const failure = await failureOf(new PartialWriteError([lamp], options));
    expect(isPermanent(failure)).toBe(true);
    expect(isPartialWriteError(failure) && failure.failed).toEqual([lamp]);
  });

  test('writes and reads like the other one', async () => {
    const store = markPermanent(new InMemoryStore<string, number>());
    await store.write([lamp]);
    expect(await store.read('lamp')).toBe(49);
  });
});

test('the cache gives up a marked error at once, and the others after all attempts', async () => {
  const clock = new VirtualClock();
  const rows = new InMemoryStore<string, number>({ clock });
  rows.breakKey('lamp', coded('23514'));
  rows.breakKey('chair', coded('23505'));
  const attempts: Record<string, number> = {};
  const cache = new WriteBehindCache({
    store: markPermanent(rows),
    clock,
    maxBatchSize: 1,
    onDeadLetter: (letter) => {
      attempts[letter.operation.key] = letter.attempts;
    },
  });
  await cache.set('lamp', -1);
  await cache.set('chair', 129);
  await clock.until(cache.flush());
  expect(attempts).toEqual({ lamp: 1, chair: 5 });
});
