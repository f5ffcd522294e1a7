import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { Guard } from '../../services/guard.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';
import {
  type Clause,
  type ClosableJournal,
  contract,
  durableContract,
  type Place,
} from './journal-contract.ts';
import { inMemoryPlace, redisPlace, sqlitePlace } from './places.ts';
import { PoppedListJournal } from './popped-list-journal.ts';
import { RedisListJournal } from './redis-list-journal.ts';
import { RedisStreamJournal } from './redis-stream-journal.ts';

const everything = [...contract, ...durableContract];

describe('in memory', () => holds(contract, inMemoryPlace));

describe('SQLite', () => {
  let folder: Guard;
  let directory = '';
  beforeAll(async () => {
    folder = await Guard.open();
    directory = folder.directory;
  });
  afterAll(() => folder.close());

  describe('with group commit', () => {
    holds(everything, () => sqlitePlace(directory));
  });

  describe('with a commit for each', () => {
    holds(everything, () => sqlitePlace(directory, { groupCommit: false }));
  });
});

describe.skipIf(findCommand('redis-server') === undefined)(
  'redis-server',
  () => {
    let redis: Server;
    const open: ClosableJournal[] = [];
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(async () => {
      for (const journal of open) await journal.close();
      await redis.stop();
    });

    const place = (openAt: (key: string) => Promise<ClosableJournal>) =>
      redisPlace(async (key) => {
        const journal = await openAt(key);
        open.push(journal);
        return journal;
      });

    describe('a stream', () => {
      holds(everything, () =>
        place((stream) => RedisStreamJournal.open({ url: redis.url, stream })),
      );
    });

    describe('two lists', () => {
      holds(everything, () =>
        place((list) => RedisListJournal.open({ url: redis.url, list })),
      );
    });

    test('a list that is popped keeps nothing that it has handed out', async () => {
      const broken: string[] = [];
      for (const { name, check } of contract) {
        const popped = place((list) =>
          PoppedListJournal.open({ url: redis.url, list }),
        );
        await check(popped).catch(() => broken.push(name));
      }
      expect(broken).toContain('keeps what was replayed until it is settled');
      expect(broken).not.toContain(
        'has what it acknowledged when its process is killed',
      );
    });
  },
);

function holds(clauses: readonly Clause[], place: () => Place): void {
  test.each(clauses)('$name', ({ check }) => check(place()));
}
