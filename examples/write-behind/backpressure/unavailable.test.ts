import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { TimeoutError } from '../../shared/timeout.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CacheFullError } from '../../strategies/write-behind/write-behind-cache.ts';
import { RefusingSessions } from './after.ts';
import { OverloadedError } from './load-shedder.ts';
import { unavailable } from './unavailable.ts';

describe('the reply', () => {
  test.each([
    [new CacheFullError('10 keys wait'), 'refused'],
    [new OverloadedError('20 callers wait'), 'refused'],
    [new CacheClosedError('it is closed'), 'refused'],
    [new TimeoutError('no answer within 2000 ms'), 'unknown'],
  ])('to %s is a 503 with a time: %s', async (error, outcome) => {
    const reply = unavailable(error, () => 7);
    expect(reply?.status).toBe(503);
    expect(reply?.headers.get('Retry-After')).toBe('7');
    // Nothing of the error itself, which is not for strangers.
    expect(await reply?.json()).toEqual({ outcome });
  });

  test.each([new Error('CacheFullError'), 'CacheFullError', undefined])(
    'to anything else is not its business: %s',
    (error) => {
      const notAsked = () => {
        throw new Error('nobody needs to know');
      };
      expect(unavailable(error, notAsked)).toBeUndefined();
    },
  );
});

describe('the handler', () => {
  const read = async () => undefined;
  const setting = (write: () => Promise<void>) => ({
    clock: new VirtualClock(),
    maxPending: 2,
    random: () => 0,
    store: { read, write },
  });
  const hangs = () => new Promise<void>(() => {});

  test('accepts what has room, and refuses the rest at once', async () => {
    const sessions = new RefusingSessions(setting(hangs));
    const statuses = [];
    for (const user of ['linh', 'haruka', 'minh', 'linh']) {
      const reply = await sessions.put(user, { user });
      statuses.push([reply.status, reply.headers.get('Retry-After')]);
    }
    // A key that waits already needs no room.
    expect(statuses).toEqual([
      [202, null],
      [202, null],
      [503, '30'],
      [202, null],
    ]);
  });

  test('passes on an error that it does not know', async () => {
    const sessions = new RefusingSessions(setting(hangs));
    sessions.cache.set = () => Promise.reject(new Error('a bug'));
    const put = sessions.put('linh', { user: 'linh' });
    await expect(put).rejects.toThrow('a bug');
  });
});
