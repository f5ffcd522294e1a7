import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { Guard } from '../../services/guard.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { type Place, put } from './journal-contract.ts';
import { redisPlace, sqlitePlace } from './places.ts';
import { RedisListJournal } from './redis-list-journal.ts';
import { RedisStreamJournal } from './redis-stream-journal.ts';

type Step =
  | { readonly do: 'append'; readonly keys: readonly string[] }
  | { readonly do: 'settle'; readonly key: string; readonly back: number }
  | { readonly do: 'kill' };

const key = fc.constantFrom('a', 'b', 'c');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('append' as const),
    keys: fc.array(key, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    do: fc.constant('settle' as const),
    key,
    back: fc.nat({ max: 3 }),
  }),
  fc.record({ do: fc.constant('kill' as const) }),
);

/** What it replays is what the one in memory does. */
async function agrees(place: Place, steps: readonly Step[]): Promise<void> {
  let model = new InMemoryJournal<string, unknown>();
  let journal = await place.open();
  let version = 0;
  for (const step of steps) {
    if (step.do === 'append') {
      const operations = step.keys.map((key) => {
        version += 1;
        return put(key, version);
      });
      for (const operation of operations) await model.append(operation);
      await Promise.all(operations.map((one) => journal.append(one)));
    } else if (step.do === 'settle') {
      const settled = [{ key: step.key, version: version - step.back }];
      await model.settle(settled);
      await journal.settle(settled);
    } else {
      journal = await place.openAfterKill();
      const replayed = await journal.replay();
      // It may bring back what it was told to forget, and never lacks any.
      const kept = await model.replay();
      expect(replayed).toEqual(expect.arrayContaining([...kept]));
      model = new InMemoryJournal();
      for (const operation of replayed) await model.append(operation);
    }
    expect(await journal.replay()).toEqual(await model.replay());
    expect(await journal.lastVersion()).toBe(version);
  }
  await journal.close();
}

function agreesAlways(place: () => Place) {
  return fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), (steps) =>
      agrees(place(), steps),
    ),
    { numRuns: 20 },
  );
}

describe('random histories, with kills in between, end as in memory', () => {
  let folder: Guard;
  let directory = '';
  beforeAll(async () => {
    folder = await Guard.open();
    directory = folder.directory;
  });
  afterAll(() => folder.close());

  test('in SQLite', () => agreesAlways(() => sqlitePlace(directory)));

  describe.skipIf(findCommand('redis-server') === undefined)(
    'redis-server',
    () => {
      let redis: Server;
      beforeAll(async () => {
        redis = await startRedis();
      });
      afterAll(() => redis.stop());

      test('in a stream', () =>
        agreesAlways(() =>
          redisPlace((stream) =>
            RedisStreamJournal.open({ url: redis.url, stream }),
          ),
        ));

      test('in two lists', () =>
        agreesAlways(() =>
          redisPlace((list) => RedisListJournal.open({ url: redis.url, list })),
        ));
    },
  );
});
