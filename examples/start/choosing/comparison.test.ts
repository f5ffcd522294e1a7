import path from 'node:path';
import { expect, test } from 'vitest';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import {
  type Comparison,
  compare,
  type Outcome,
  outcomeOf,
  type Situation,
  situationNames,
} from './comparison.ts';
import { type Subject, subjects } from './deployment.ts';

// #region sentences
/** The name of a test is a strategy and one of these. */
const sentences: {
  readonly [S in Situation]: Readonly<Record<Outcome<S>, string>>;
} = {
  'same-process': {
    'at-once': 'the process that wrote reads the new value at once',
    later: 'the process that wrote may read an old value',
  },
  'another-process': {
    'at-once': 'another process reads the new value at once',
    'by-event': 'another process reads the new value once the event comes',
    'by-expiry': 'another process reads the old value until it expires',
    'when-evicted': 'another process reads the old value until it is evicted',
  },
  'the-database': {
    'at-once': 'the database has the new value at once',
    'by-flush': 'the database has the new value after the flush',
  },
  acknowledged: {
    memory: 'a write is acknowledged when it is in memory',
    journal: 'a write is acknowledged when it is in the journal',
    database: 'a write is acknowledged after the database',
    'database-and-cache':
      'a write is acknowledged after the database and the cache',
    'database-and-bus':
      'a write is acknowledged after the database and the bus',
  },
  'ten-writes': {
    one: 'ten writes of a key are one write of the database',
    ten: 'ten writes of a key are ten writes of the database',
  },
  'first-read': {
    hit: 'the first read after a write is a hit',
    miss: 'the first read after a write is a miss',
  },
  'down-warm-read': {
    'goes-on': 'a cached key is read while the database is down',
    fails: 'no key is read while the database is down',
  },
  'down-cold-read': {
    'goes-on': 'any key is read while the database is down',
    fails: 'a key that is not cached is not read while the database is down',
  },
  'down-write': {
    'is-kept': 'a write is kept in an outage of 30 s, and stored after it',
    fails: 'a write fails while the database is down',
  },
  'cache-dies-read': {
    'from-database': 'reads go to the database when the cache is down',
    'from-database-anew': 'a process that lost its cache begins with none',
  },
  'cache-dies-loss': {
    nothing: 'nothing is lost with the cache',
    unflushed: 'what is not flushed is lost with the cache',
  },
  'process-dies-loss': {
    nothing: 'nothing is lost with the process',
    unflushed: 'what is not flushed is lost with the process',
  },
};
// #endregion sentences

type Expected = { readonly [S in Situation]: Outcome<S> };

const writtenFirst = {
  'same-process': 'at-once',
  'the-database': 'at-once',
  'ten-writes': 'ten',
  'down-warm-read': 'goes-on',
  'down-cold-read': 'fails',
  'down-write': 'fails',
  'cache-dies-loss': 'nothing',
  'process-dies-loss': 'nothing',
} as const;

const behind = {
  'same-process': 'at-once',
  'another-process': 'when-evicted',
  'the-database': 'by-flush',
  'ten-writes': 'one',
  'first-read': 'hit',
  'down-warm-read': 'goes-on',
  'down-cold-read': 'fails',
  'down-write': 'is-kept',
  'cache-dies-read': 'from-database-anew',
} as const;

const expected: Readonly<Record<string, Expected>> = {
  'write-behind': {
    ...behind,
    acknowledged: 'memory',
    'cache-dies-loss': 'unflushed',
    'process-dies-loss': 'unflushed',
  },
  'write-behind with a journal': {
    ...behind,
    acknowledged: 'journal',
    'cache-dies-loss': 'nothing',
    'process-dies-loss': 'nothing',
  },
  'write-through': {
    ...writtenFirst,
    'another-process': 'at-once',
    acknowledged: 'database-and-cache',
    'first-read': 'hit',
    'cache-dies-read': 'from-database',
  },
  'write-around': {
    ...writtenFirst,
    'another-process': 'at-once',
    acknowledged: 'database-and-cache',
    'first-read': 'miss',
    'cache-dies-read': 'from-database',
  },
  'cache-aside': {
    ...writtenFirst,
    'another-process': 'at-once',
    acknowledged: 'database-and-cache',
    'first-read': 'miss',
    'cache-dies-read': 'from-database',
  },
  'read-through': {
    ...writtenFirst,
    'another-process': 'by-expiry',
    acknowledged: 'database',
    'first-read': 'miss',
    'cache-dies-read': 'from-database-anew',
  },
  'cache-invalidation': {
    ...writtenFirst,
    'another-process': 'by-event',
    acknowledged: 'database-and-bus',
    'first-read': 'miss',
    'cache-dies-read': 'from-database-anew',
  },
};

// #region tests
for (const subject of subjects) {
  for (const situation of situationNames) {
    const outcome = expected[subject.name]?.[situation];
    test(`${subject.name}: ${sentenceOf(situation, outcome)}`, async () => {
      expect(await outcomeOf(situation, subject)).toBe(outcome);
    });
  }
}
// #endregion tests

function sentenceOf(
  situation: Situation,
  outcome: Outcome | undefined,
): string {
  const all: Readonly<Partial<Record<Outcome, string>>> = sentences[situation];
  return (outcome && all[outcome]) ?? `nothing is known of ${situation}`;
}

let found: Comparison | undefined;

async function comparison(): Promise<Comparison> {
  found ??= await compare();
  return found;
}

test('with its default attempts, write-behind gives up before that', async () => {
  const defaults: Subject = {
    name: 'write-behind with its defaults',
    prepare:
      () =>
      ({ store, clock, random }) =>
        new WriteBehindCache({ store, clock, random }),
  };
  await expect(outcomeOf('down-write', defaults)).rejects.toThrow(
    'a broken promise',
  );
});

test('no strategy breaks a promise that it makes', async () => {
  const { promises } = await comparison();
  const verdicts = promises.flatMap(({ verdicts }) => verdicts);
  expect(verdicts).toContain('kept');
  expect(verdicts).not.toContain('broken');
});

test('the recorded comparison is what the run finds', async () => {
  const file = path.join(import.meta.dirname, 'comparison.json');
  const text = `${JSON.stringify(await comparison(), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot(file);
});
