import { translate } from '@docusaurus/Translate';
import type {
  Outcome,
  Situation,
} from '../../examples/start/choosing/comparison.ts';

/** The heads of the columns. */
export function situationTexts(): Readonly<Record<Situation, string>> {
  return {
    acknowledged: translate({
      id: 'dirtyBit.comparison.acknowledged',
      message: 'A write waits for',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'ten-writes': translate({
      id: 'dirtyBit.comparison.tenWrites',
      message: 'Ten writes of one key reach the database as',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'first-read': translate({
      id: 'dirtyBit.comparison.firstRead',
      message: 'The first read after a write',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'same-process': translate({
      id: 'dirtyBit.comparison.sameProcess',
      message: 'Read in the same process',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'another-process': translate({
      id: 'dirtyBit.comparison.anotherProcess',
      message: 'Read in another process',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'the-database': translate({
      id: 'dirtyBit.comparison.theDatabase',
      message: 'Read in the database itself',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'down-warm-read': translate({
      id: 'dirtyBit.comparison.downWarmRead',
      message: 'A read of a cached key',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'down-cold-read': translate({
      id: 'dirtyBit.comparison.downColdRead',
      message: 'A read of another key',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'down-write': translate({
      id: 'dirtyBit.comparison.downWrite',
      message: 'A write',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'cache-dies-read': translate({
      id: 'dirtyBit.comparison.cacheDiesRead',
      message: 'Reads, once the cache is dead',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'cache-dies-loss': translate({
      id: 'dirtyBit.comparison.cacheDiesLoss',
      message: 'Lost with the cache',
      description: 'Heads a column of the comparison of all strategies',
    }),
    'process-dies-loss': translate({
      id: 'dirtyBit.comparison.processDiesLoss',
      message: 'Lost with the process',
      description: 'Heads a column of the comparison of all strategies',
    }),
  };
}

/** What the cells say. */
export function outcomeTexts(): {
  readonly [S in Situation]: Readonly<Record<Outcome<S>, string>>;
} {
  return {
    acknowledged: {
      memory: translate({
        id: 'dirtyBit.comparison.acknowledged.memory',
        message: 'memory',
        description:
          'In the comparison of all strategies, below: A write waits for',
      }),
      journal: translate({
        id: 'dirtyBit.comparison.acknowledged.journal',
        message: 'the journal',
        description:
          'In the comparison of all strategies, below: A write waits for',
      }),
      database: translate({
        id: 'dirtyBit.comparison.acknowledged.database',
        message: 'the database',
        description:
          'In the comparison of all strategies, below: A write waits for',
      }),
      'database-and-cache': translate({
        id: 'dirtyBit.comparison.acknowledged.databaseAndCache',
        message: 'the database and the cache',
        description:
          'In the comparison of all strategies, below: A write waits for',
      }),
      'database-and-bus': translate({
        id: 'dirtyBit.comparison.acknowledged.databaseAndBus',
        message: 'the database and the bus',
        description:
          'In the comparison of all strategies, below: A write waits for',
      }),
    },
    'ten-writes': {
      one: translate({
        id: 'dirtyBit.comparison.tenWrites.one',
        message: 'one write',
        description:
          'In the comparison of all strategies, below: Ten writes of one key reach the database as',
      }),
      ten: translate({
        id: 'dirtyBit.comparison.tenWrites.ten',
        message: 'ten writes',
        description:
          'In the comparison of all strategies, below: Ten writes of one key reach the database as',
      }),
    },
    'first-read': {
      hit: translate({
        id: 'dirtyBit.comparison.firstRead.hit',
        message: 'a hit',
        description:
          'In the comparison of all strategies, below: The first read after a write',
      }),
      miss: translate({
        id: 'dirtyBit.comparison.firstRead.miss',
        message: 'a miss',
        description:
          'In the comparison of all strategies, below: The first read after a write',
      }),
    },
    'same-process': {
      'at-once': translate({
        id: 'dirtyBit.comparison.sameProcess.atOnce',
        message: 'new at once',
        description:
          'In the comparison of all strategies, below: Read in the same process',
      }),
      later: translate({
        id: 'dirtyBit.comparison.sameProcess.later',
        message: 'old for a while',
        description:
          'In the comparison of all strategies, below: Read in the same process',
      }),
    },
    'another-process': {
      'at-once': translate({
        id: 'dirtyBit.comparison.anotherProcess.atOnce',
        message: 'new at once',
        description:
          'In the comparison of all strategies, below: Read in another process',
      }),
      'by-event': translate({
        id: 'dirtyBit.comparison.anotherProcess.byEvent',
        message: 'new once the event comes',
        description:
          'In the comparison of all strategies, below: Read in another process',
      }),
      'by-expiry': translate({
        id: 'dirtyBit.comparison.anotherProcess.byExpiry',
        message: 'old until it expires',
        description:
          'In the comparison of all strategies, below: Read in another process',
      }),
      'when-evicted': translate({
        id: 'dirtyBit.comparison.anotherProcess.whenEvicted',
        message: 'old until it is evicted',
        description:
          'In the comparison of all strategies, below: Read in another process',
      }),
    },
    'the-database': {
      'at-once': translate({
        id: 'dirtyBit.comparison.theDatabase.atOnce',
        message: 'new at once',
        description:
          'In the comparison of all strategies, below: Read in the database itself',
      }),
      'by-flush': translate({
        id: 'dirtyBit.comparison.theDatabase.byFlush',
        message: 'new after the flush',
        description:
          'In the comparison of all strategies, below: Read in the database itself',
      }),
    },
    'down-warm-read': {
      'goes-on': translate({
        id: 'dirtyBit.comparison.downWarmRead.goesOn',
        message: 'goes on',
        description:
          'In the comparison of all strategies, below: A read of a cached key',
      }),
      fails: translate({
        id: 'dirtyBit.comparison.downWarmRead.fails',
        message: 'fails',
        description:
          'In the comparison of all strategies, below: A read of a cached key',
      }),
    },
    'down-cold-read': {
      'goes-on': translate({
        id: 'dirtyBit.comparison.downColdRead.goesOn',
        message: 'goes on',
        description:
          'In the comparison of all strategies, below: A read of another key',
      }),
      fails: translate({
        id: 'dirtyBit.comparison.downColdRead.fails',
        message: 'fails',
        description:
          'In the comparison of all strategies, below: A read of another key',
      }),
    },
    'down-write': {
      'is-kept': translate({
        id: 'dirtyBit.comparison.downWrite.isKept',
        message: 'is kept, and stored later',
        description: 'In the comparison of all strategies, below: A write',
      }),
      fails: translate({
        id: 'dirtyBit.comparison.downWrite.fails',
        message: 'fails',
        description: 'In the comparison of all strategies, below: A write',
      }),
    },
    'cache-dies-read': {
      'from-database': translate({
        id: 'dirtyBit.comparison.cacheDiesRead.fromDatabase',
        message: 'go on, from the database',
        description:
          'In the comparison of all strategies, below: Reads, once the cache is dead',
      }),
      'from-database-anew': translate({
        id: 'dirtyBit.comparison.cacheDiesRead.fromDatabaseAnew',
        message: 'the next process begins empty',
        description:
          'In the comparison of all strategies, below: Reads, once the cache is dead',
      }),
    },
    'cache-dies-loss': {
      nothing: translate({
        id: 'dirtyBit.comparison.cacheDiesLoss.nothing',
        message: 'nothing',
        description:
          'In the comparison of all strategies, below: Lost with the cache',
      }),
      unflushed: translate({
        id: 'dirtyBit.comparison.cacheDiesLoss.unflushed',
        message: 'what is not flushed',
        description:
          'In the comparison of all strategies, below: Lost with the cache',
      }),
    },
    'process-dies-loss': {
      nothing: translate({
        id: 'dirtyBit.comparison.processDiesLoss.nothing',
        message: 'nothing',
        description:
          'In the comparison of all strategies, below: Lost with the process',
      }),
      unflushed: translate({
        id: 'dirtyBit.comparison.processDiesLoss.unflushed',
        message: 'what is not flushed',
        description:
          'In the comparison of all strategies, below: Lost with the process',
      }),
    },
  };
}
