import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectCommand, findCommand } from '../../services/command.ts';
import { freePort } from '../../services/free-port.ts';
import { Guard } from '../../services/guard.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { describeWithRedis } from './describe-with-redis.ts';
import { put } from './journal-contract.ts';
import { type Damage, messageOf } from './journal-damage.ts';
import { decode, encode } from './journal-entry.ts';
import { RedisConnection } from './redis-connection.ts';
import { RedisListJournal } from './redis-list-journal.ts';
import {
  RedisStreamJournal,
  type RedisStreamJournalOptions,
} from './redis-stream-journal.ts';

const adapters = [
  {
    name: 'a stream',
    open: (url: string, stream: string, clock?: Clock) =>
      RedisStreamJournal.open<unknown>({
        url,
        stream,
        ...(clock && { clock }),
      }),
  },
  {
    name: 'two lists',
    open: (url: string, list: string, clock?: Clock) =>
      RedisListJournal.open<unknown>({ url, list, ...(clock && { clock }) }),
  },
];

describeWithRedis(({ redis, admin, opened }) => {
  describe.each(adapters)('$name', ({ name, open }) => {
    test('rejects while Redis is gone, and has the rest when it is back', async () => {
      const journal = opened(await open(redis().url, `gone ${name}`));
      await journal.append(put('a', 1));
      await redis().kill();
      await expect(journal.append(put('b', 2))).rejects.toThrow(
        `gone ${name}: append failed`,
      );
      await expect(journal.replay()).rejects.toThrow('replay failed');
      await expect(open(redis().url, 'none')).rejects.toThrow('ECONNREFUSED');
      await redis().restart();
      const next = opened(await open(redis().url, `gone ${name}`));
      expect(await next.replay()).toEqual([put('a', 1)]);
    });

    test('rejects what has no answer in time', async () => {
      const clock = new VirtualClock();
      const journal = opened(await open(redis().url, `slow ${name}`, clock));
      await admin().sendCommand(['CLIENT', 'PAUSE', '600000', 'WRITE']);
      const appended = journal.append(put('a', 1));
      const failed = expect(appended).rejects.toThrow(
        `slow ${name}: append failed: no answer within 5000 ms`,
      );
      await clock.advance(5000);
      await failed;
      await admin().sendCommand(['CLIENT', 'UNPAUSE']);
      // It had got there: after an error, nobody can say.
      const next = opened(await open(redis().url, `slow ${name}`));
      expect(await next.replay()).toEqual([put('a', 1)]);
    });

    test('rejects what Redis has no memory for', async () => {
      const journal = opened(await open(redis().url, `full ${name}`));
      await journal.append(put('a', 1));
      await admin().configSet('maxmemory', '1');
      await expect(journal.append(put('b', 2))).rejects.toThrow('maxmemory');
      await admin().configSet('maxmemory', '0');
      expect(await journal.replay()).toEqual([put('a', 1)]);
    });
  });

  test('a connection that was lost comes back by itself', async () => {
    const { url } = redis();
    const clock = new VirtualClock();
    const connection = await RedisConnection.open('mine', { url, clock });
    const back = connection.ask(
      'wait',
      (client) => new Promise((resolve) => client.once('ready', resolve)),
    );
    await redis().kill();
    await redis().restart();
    await back;
    const answer = await connection.ask('ping', (client) => client.ping());
    expect(answer).toBe('PONG');
    await connection.close();
  });

  describe('a damaged entry', () => {
    const damaged = '00000000 {"type":"set","key":"b","version":2}';

    test('of a stream is reported, and stays in it', async () => {
      const stream = 'damaged stream';
      const { url } = redis();
      const open = () => RedisStreamJournal.open<unknown>({ url, stream });
      const journal = opened(await open());
      await journal.append(put('a', 1));
      await admin().xAdd(stream, '*', { entry: damaged });
      await journal.append(put('c', 3));
      const intact = [put('a', 1), put('c', 3)];
      const lastVersion = 3;
      await expect(journal.replay()).rejects.toMatchObject({
        name: 'JournalDamagedError',
        damage: [{ found: damaged }],
        intact,
        lastVersion,
      });
      const reported: Damage[] = [];
      const onDamage = (damage: Damage) => reported.push(damage);
      const next = opened(
        await RedisStreamJournal.open<unknown>({ url, stream, onDamage }),
      );
      expect(await next.replay()).toEqual(intact);
      expect(reported).toMatchObject([{ found: damaged }]);
      expect(await admin().xLen(stream)).toBe(3);
    });

    test('of a list goes to the dead letters, once it is reported', async () => {
      const list = 'damaged list';
      const { url } = redis();
      const journal = opened(
        await RedisListJournal.open<unknown>({ url, list }),
      );
      await journal.append(put('a', 1));
      await admin().rPush(list, damaged);
      await journal.append(put('c', 3));
      const intact = [put('a', 1), put('c', 3)];
      await expect(journal.replay()).rejects.toMatchObject({ intact });
      expect(await journal.deadLetters()).toEqual([]);
      const reported: Damage[] = [];
      const onDamage = (damage: Damage) => reported.push(damage);
      const next = opened(
        await RedisListJournal.open<unknown>({ url, list, onDamage }),
      );
      expect(await next.replay()).toEqual(intact);
      const [letter] = await next.deadLetters();
      expect(letter).toMatchObject({ entry: damaged });
      expect(letter?.reason).toBe(reported[0]?.reason);
      expect(await next.replay()).toEqual(intact);
      expect(reported).toHaveLength(1);
    });
  });

  describe('a stream', () => {
    const open = (
      stream: string,
      consumer: string,
      options: Partial<RedisStreamJournalOptions> = {},
    ) =>
      RedisStreamJournal.open<unknown>({
        url: redis().url,
        stream,
        consumer,
        ...options,
      });

    test('gives what a dead consumer held to another', async () => {
      const dead = await open('reclaim', 'cache-1');
      await dead.append(put('a', 1));
      await dead.append(put('b', 2));
      await dead.close();
      const living = opened(
        await open('reclaim', 'cache-2', { reclaimAfterMs: 0 }),
      );
      await living.append(put('c', 3));
      const all = [put('a', 1), put('b', 2), put('c', 3)];
      expect(await living.replay()).toEqual(all);
      const successor = opened(await open('reclaim', 'cache-1'));
      expect(await successor.replay()).toEqual([]);
      await living.settle(all);
      expect(await admin().xLen('reclaim')).toBe(0);
      const { pending } = await admin().xPending('reclaim', 'caches');
      expect(pending).toBe(0);
    });

    test('leaves a living consumer what it holds', async () => {
      const busy = opened(await open('busy', 'cache-1'));
      await busy.append(put('a', 1));
      const other = opened(await open('busy', 'cache-2'));
      expect(await other.replay()).toEqual([]);
      expect(await busy.replay()).toEqual([put('a', 1)]);
    });

    test('takes over what nobody has read', async () => {
      const journal = opened(await open('unread', 'cache-1'));
      const entry = encode(put('a', 1));
      await admin().xAdd('unread', '*', { entry });
      expect(await journal.replay()).toEqual([put('a', 1)]);
    });

    test('reports what a stranger has trimmed away', async () => {
      const journal = opened(await open('trimmed', 'cache-1'));
      await journal.append(put('a', 1));
      await journal.append(put('b', 2));
      await admin().xTrim('trimmed', 'MAXLEN', 1);
      const salvage = {
        damage: [{ reason: 'it was trimmed away' }],
        intact: [put('b', 2)],
      };
      await expect(journal.replay()).rejects.toMatchObject(salvage);
      await expect(journal.replay()).rejects.toMatchObject(salvage);
      const reported: Damage[] = [];
      const onDamage = (damage: Damage) => reported.push(damage);
      const other = opened(
        await open('trimmed', 'cache-2', { reclaimAfterMs: 0, onDamage }),
      );
      expect(await other.replay()).toEqual(salvage.intact);
      expect(reported).toMatchObject(salvage.damage);
    });

    test('replays more than a page, in order', async () => {
      const journal = opened(await open('long', 'cache-1'));
      const all = Array.from({ length: 1500 }, (_, index) =>
        put(`user ${index}`, index + 1),
      );
      await Promise.all(all.map((operation) => journal.append(operation)));
      const next = opened(await open('long', 'cache-1'));
      expect(await next.replay()).toEqual(all);
    });
  });

  test('two lists bury what the store refuses for good', async () => {
    const list = 'refused';
    const { url } = redis();
    const journal = opened(await RedisListJournal.open<string>({ url, list }));
    const cache = new WriteBehindCache<string, string>({
      store: refusing('user 2'),
      journal,
      maxBatchSize: 1,
      // #region bury
      onDeadLetter: ({ operation, error }) =>
        journal.bury(operation, messageOf(error)),
      // #endregion bury
    });
    await cache.set('user 1', 'Haruka');
    await cache.set('user 2', 'Minh');
    await cache.close();
    const letters = await journal.deadLetters();
    expect(letters).toMatchObject([{ reason: 'no such user' }]);
    expect(decode(letters[0]?.entry ?? '')).toMatchObject({ value: 'Minh' });
    expect(await journal.replay()).toEqual([]);
  });
});

describe.skipIf(findCommand('redis-server') === undefined)(
  "redis-server: Redis's own log",
  () => {
    test('that is cut off, is read up to there, and nobody is told', async () => {
      await using redis = await startRedis();
      await append(redis, 'cut');
      await redis.kill();
      cutLog(redis);
      await redis.restart();
      const journal = await RedisStreamJournal.open<unknown>({
        url: redis.url,
        stream: 'cut',
      });
      expect(await journal.replay()).toEqual([put('a', 1), put('b', 2)]);
      await journal.close();
    });

    test('that is cut off, is refused with aof-load-truncated no', async () => {
      await using redis = await startRedis();
      await append(redis, 'cut');
      await redis.kill();
      cutLog(redis);
      await using guard = await Guard.open();
      const strict = guard.run(expectCommand('redis-server', 'redis-server'), [
        ...[
          '--port',
          String(await freePort()),
          '--dir',
          redis.directory,
          '--appendonly',
          'yes',
        ],
        ...['--aof-load-truncated', 'no'],
      ]);
      const { code } = await strict.ended;
      expect(code).not.toBe(0);
      expect(strict.output).toContain('Unexpected end of file');
    });

    test('that is damaged, is refused, and gives what precedes when mended', async () => {
      await using redis = await startRedis();
      await append(redis, 'broken');
      await redis.kill();
      const log = logOf(redis);
      const bytes = fs.readFileSync(log);
      bytes.fill(0, bytes.lastIndexOf('MULTI') - 8, bytes.length);
      fs.writeFileSync(log, bytes);
      await expect(redis.restart()).rejects.toThrow('Bad file format');
      fs.writeFileSync(log, bytes.subarray(0, bytes.indexOf('\0\0\0')));
      await redis.restart();
      const journal = await RedisStreamJournal.open<unknown>({
        url: redis.url,
        stream: 'broken',
      });
      expect(await journal.replay()).toEqual([put('a', 1), put('b', 2)]);
      await journal.close();
    });
  },
);

async function append({ url }: Server, stream: string): Promise<void> {
  const journal = await RedisStreamJournal.open<unknown>({ url, stream });
  for (const operation of [put('a', 1), put('b', 2), put('c', 3)]) {
    await journal.append(operation);
  }
  await journal.close();
}

function logOf({ directory }: Server): string {
  const folder = path.join(directory, 'appendonlydir');
  const name = fs.readdirSync(folder).find((file) => file.endsWith('incr.aof'));
  return path.join(folder, name ?? 'none');
}

function cutLog(redis: Server): void {
  const log = logOf(redis);
  fs.truncateSync(log, fs.statSync(log).size - 10);
}

function refusing(refused: string): Store<string, string> {
  return {
    read: async () => undefined,
    async write([operation]) {
      if (operation?.key !== refused) return;
      throw Object.assign(new Error('no such user'), { permanent: true });
    },
  };
}
