import { describe, expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { startRedis } from '../../services/redis.ts';
import { points } from './crash-points.ts';
import type { Durability } from './durability.ts';
import { dieAt } from './point-of-death.ts';

// `points.test.ts` has those in memory and of SQLite with group commit.
const { CI } = process.env;
const none = findCommand('redis-server') === undefined;

test('P9 is broken where the journal comes after the acknowledgement', async () => {
  expect(await dieAt('acknowledged', 'sqlite-early')).toEqual({
    isAcknowledged: true,
    wasStored: false,
    replayed: 0,
    isStored: false,
  });
});

describe.concurrent.each(CI ? points : (['stored'] as const))(
  'P9, killed at the point "%s"',
  (point) => {
    test('SQLite', () => expectThatNothingIsLost('sqlite'));

    test.skipIf(none)('redis-server: Redis Streams', async () => {
      await using redis = await startRedis();
      await expectThatNothingIsLost('redis', redis.url);
    });

    async function expectThatNothingIsLost(
      durability: Durability,
      url?: string,
    ): Promise<void> {
      const index = points.indexOf(point);
      expect(await dieAt(point, durability, url)).toEqual({
        isAcknowledged: index >= points.indexOf('acknowledged'),
        wasStored: index >= points.indexOf('stored'),
        replayed: isLeftIn(durability) ? 1 : 0,
        isStored: index >= points.indexOf('in the journal'),
      });
    }

    /** What is settled leaves a file of SQLite with the next commit. */
    function isLeftIn(durability: Durability): boolean {
      if (point === 'before the journal') return false;
      return point !== 'settled' || durability === 'sqlite';
    }
  },
);
