import type { RedisClientType } from 'redis';
import { beforeAll, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { describeWithRedis } from './describe-with-redis.ts';
import { put } from './journal-contract.ts';
import { RedisConnection } from './redis-connection.ts';
import { RedisListJournal } from './redis-list-journal.ts';
import { RedisProxy } from './redis-proxy.ts';
import { RedisStreamJournal } from './redis-stream-journal.ts';

const adapters = [
  {
    name: 'a stream',
    open: (url: string, stream: string) =>
      RedisStreamJournal.open<unknown>({ url, stream }),
    reads: 'XRANGE',
  },
  {
    name: 'two lists',
    open: (url: string, list: string) =>
      RedisListJournal.open<unknown>({ url, list }),
    reads: 'LRANGE',
  },
];

describeWithRedis(({ redis, admin, opened }) => {
  let proxy: RedisProxy;
  beforeAll(async () => {
    proxy = opened(await RedisProxy.open(redis().url));
  });

  describe.each(adapters)('$name', ({ name, open, reads }) => {
    const all = Array.from({ length: 250 }, (_, index) =>
      put(`user ${index % 7}`, index + 1),
    );

    test('that is not told whether a write is kept, says that it is not', async () => {
      const key = `append ${name}`;
      const journal = opened(await open(proxy.url, key));
      await journal.append(put('a', 1));
      proxy.breakBehind('EXEC');
      const appended = journal.append(put('a', 2));
      await expect(appended).rejects.toThrow(`${key}: append failed`);
      const next = opened(await open(redis().url, key));
      expect(await next.replay()).toEqual([put('a', 1), put('a', 2)]);
    });

    test('that is not told whether a write is forgotten, says that it is not', async () => {
      const key = `settle ${name}`;
      const journal = opened(await open(proxy.url, key));
      await journal.append(put('a', 1));
      proxy.breakBehind('EXEC');
      const settled = journal.settle([{ key: 'a', version: 1 }]);
      await expect(settled).rejects.toThrow(`${key}: settle failed`);
      const next = opened(await open(redis().url, key));
      expect(await next.replay()).toEqual([]);
    });

    test('that is cut off while it replays, has it all the next time', async () => {
      const key = `replay ${name}`;
      const first = opened(await open(redis().url, key));
      await Promise.all(all.map((operation) => first.append(operation)));
      const second = opened(await open(proxy.url, key));
      proxy.breakBehind(reads);
      await expect(second.replay()).rejects.toThrow('replay failed');
      const third = opened(await open(redis().url, key));
      expect(await third.replay()).toEqual(all);
    });

    test('forgets what a failed append has left, with the next of its key', async () => {
      const key = `half ${name}`;
      const journal = opened(await open(redis().url, key));
      await journal.append(put('b', 1));
      const lastVersion = `{${key}}:last-version`;
      await admin().set(lastVersion, 'no sorted set');
      await expect(journal.append(put('a', 2))).rejects.toThrow('WRONGTYPE');
      await admin().del(lastVersion);
      await journal.append(put('a', 3));
      await journal.settle([{ key: 'a', version: 3 }]);
      const next = opened(await open(redis().url, key));
      // Or a cache would show 2 again, which the store has long replaced.
      expect(await next.replay()).toEqual([put('b', 1)]);
    });

    test('is not opened where Redis may evict it', async () => {
      await admin().configSet('maxmemory-policy', 'allkeys-lru');
      const evicted = open(redis().url, `evicted ${name}`);
      await expect(evicted).rejects.toThrow(
        'maxmemory-policy: expected noeviction, got allkeys-lru',
      );
      await admin().configSet('maxmemory-policy', 'volatile-lru');
      opened(await open(redis().url, `evicted ${name}`));
      await admin().configSet('maxmemory-policy', 'noeviction');
    });

    test('leaves no connection where it cannot be opened', async () => {
      const own = await RedisProxy.open(redis().url);
      await admin().set('text', 'no journal');
      const journal = await open(own.url, 'text').catch(() => undefined);
      await journal?.close();
      await own.close();
    });
  });

  test('a stream that is gone takes no writes', async () => {
    const stream = 'deleted';
    const { url } = redis();
    const journal = opened(await RedisStreamJournal.open({ url, stream }));
    await journal.append(put('a', 1));
    await admin().del(stream);
    await expect(journal.append(put('b', 2))).rejects.toThrow('NOGROUP');
    expect(await admin().exists(stream)).toBe(0);
  });

  test('a stream takes what its owner settles meanwhile for no damage', async () => {
    const options = { stream: 'busy', reclaimAfterMs: 600_000 };
    const owner = opened(
      await RedisStreamJournal.open<unknown>({
        ...{ url: redis().url, consumer: 'cache-1' },
        ...options,
      }),
    );
    await owner.append(put('a', 1));
    await owner.append(put('b', 2));
    const other = opened(
      await RedisStreamJournal.open<unknown>({
        ...{ url: proxy.url, consumer: 'cache-2' },
        ...options,
      }),
    );
    proxy.look = async (sent) => {
      // It knows what is held, and goes to see what is in the stream.
      if (!sent.includes('XRANGE')) return false;
      await owner.settle([{ key: 'a', version: 1 }]);
      return false;
    };
    expect(await other.replay()).toEqual([]);
    expect(await owner.replay()).toEqual([put('b', 2)]);
  });

  test('without a connection, nothing is sent, and nothing later', async () => {
    const { url } = redis();
    const clock = new VirtualClock();
    const connection = await RedisConnection.open('mine', { url, clock });
    const lost = connection.ask(
      'wait',
      (client) =>
        new Promise((resolve) => client.once('reconnecting', resolve)),
    );
    await redis().kill();
    await lost;
    let isSent = false;
    const append = async (client: RedisClientType) => {
      isSent = true;
      await client.multi().set('late', 'write').exec();
    };
    await expect(connection.ask('append', append)).rejects.toThrow(
      'mine: append failed: there is no connection',
    );
    expect(isSent).toBe(false);
    await connection.close();
    await redis().restart();
  });
});
