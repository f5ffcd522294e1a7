import { translate } from '@docusaurus/Translate';
import type { Feature, Finding } from './features.ts';

/** What a library does, for each feature, in words. */
export function findingTexts(): {
  readonly [F in Feature]: Readonly<Record<Finding<F>, string>>;
} {
  return {
    coalescing: {
      always: translate({
        id: 'dirtyBit.libraries.coalescing.always',
        message: 'a newer write takes the place of the one that waits',
        description: 'In the comparison of libraries, of: Coalescing',
      }),
      'by-default': translate({
        id: 'dirtyBit.libraries.coalescing.byDefault',
        message: 'so by default; it can be turned off',
        description: 'In the comparison of libraries, of: Coalescing',
      }),
      'by-function': translate({
        id: 'dirtyBit.libraries.coalescing.byFunction',
        message: 'by a function of yours, within a window',
        description: 'In the comparison of libraries, of: Coalescing',
      }),
      'within-batch': translate({
        id: 'dirtyBit.libraries.coalescing.withinBatch',
        message: 'within one batch only',
        description: 'In the comparison of libraries, of: Coalescing',
      }),
      'on-request': translate({
        id: 'dirtyBit.libraries.coalescing.onRequest',
        message: 'on request',
        description: 'In the comparison of libraries, of: Coalescing',
      }),
      none: translate({
        id: 'dirtyBit.libraries.coalescing.none',
        message: 'every write is stored',
        description: 'In the comparison of libraries, of: Coalescing',
      }),
    },
    order: {
      'one-at-a-time': translate({
        id: 'dirtyBit.libraries.order.oneAtATime',
        message: 'one write of a key is on its way at a time',
        description: 'In the comparison of libraries, of: Order within a key',
      }),
      'one-worker': translate({
        id: 'dirtyBit.libraries.order.oneWorker',
        message: 'with one worker that takes one job at a time',
        description: 'In the comparison of libraries, of: Order within a key',
      }),
      'deletes-first': translate({
        id: 'dirtyBit.libraries.order.deletesFirst',
        message: 'the deletes of a batch overtake its writes',
        description: 'In the comparison of libraries, of: Order within a key',
      }),
    },
    retry: {
      'as-set': translate({
        id: 'dirtyBit.libraries.retry.asSet',
        message: 'as often as you set',
        description: 'In the comparison of libraries, of: Retries',
      }),
      'for-ever': translate({
        id: 'dirtyBit.libraries.retry.forEver',
        message: 'until it succeeds',
        description: 'In the comparison of libraries, of: Retries',
      }),
      'while-room': translate({
        id: 'dirtyBit.libraries.retry.whileRoom',
        message: 'with every flush, until the queue is full or the node stops',
        description: 'In the comparison of libraries, of: Retries',
      }),
      'on-request': translate({
        id: 'dirtyBit.libraries.retry.onRequest',
        message: 'on request',
        description: 'In the comparison of libraries, of: Retries',
      }),
      'once-alone': translate({
        id: 'dirtyBit.libraries.retry.onceAlone',
        message: 'once, each row by itself',
        description: 'In the comparison of libraries, of: Retries',
      }),
      none: translate({
        id: 'dirtyBit.libraries.retry.none',
        message: 'left to your writer',
        description: 'In the comparison of libraries, of: Retries',
      }),
    },
    backoff: {
      growing: translate({
        id: 'dirtyBit.libraries.backoff.growing',
        message: 'a growing delay, with jitter',
        description: 'In the comparison of libraries, of: Backoff',
      }),
      'on-request': translate({
        id: 'dirtyBit.libraries.backoff.onRequest',
        message: 'a growing delay with jitter, on request',
        description: 'In the comparison of libraries, of: Backoff',
      }),
      fixed: translate({
        id: 'dirtyBit.libraries.backoff.fixed',
        message: 'the same delay each time',
        description: 'In the comparison of libraries, of: Backoff',
      }),
      'at-once': translate({
        id: 'dirtyBit.libraries.backoff.atOnce',
        message: 'no delay',
        description: 'In the comparison of libraries, of: Backoff',
      }),
      'no-retry': translate({
        id: 'dirtyBit.libraries.backoff.noRetry',
        message: 'there are no retries',
        description: 'In the comparison of libraries, of: Backoff',
      }),
    },
    'dead-letter': {
      kept: translate({
        id: 'dirtyBit.libraries.deadLetter.kept',
        message: 'kept apart, to look at and to replay',
        description: 'In the comparison of libraries, of: Dead letters',
      }),
      'caller-told': translate({
        id: 'dirtyBit.libraries.deadLetter.callerTold',
        message: 'the caller hears the error; nothing is kept',
        description: 'In the comparison of libraries, of: Dead letters',
      }),
      blocks: translate({
        id: 'dirtyBit.libraries.deadLetter.blocks',
        message: 'what never succeeds is tried for ever',
        description: 'In the comparison of libraries, of: Dead letters',
      }),
      dropped: translate({
        id: 'dirtyBit.libraries.deadLetter.dropped',
        message: 'a line in the log, and the write is gone',
        description: 'In the comparison of libraries, of: Dead letters',
      }),
    },
    bound: {
      chosen: translate({
        id: 'dirtyBit.libraries.bound.chosen',
        message:
          'the caller waits, is rejected or writes through, as you choose',
        description: 'In the comparison of libraries, of: Bounded queue',
      }),
      waits: translate({
        id: 'dirtyBit.libraries.bound.waits',
        message: 'the caller waits',
        description: 'In the comparison of libraries, of: Bounded queue',
      }),
      'writes-through': translate({
        id: 'dirtyBit.libraries.bound.writesThrough',
        message:
          'the caller stores a waiting write himself; where that fails, it is lost',
        description: 'In the comparison of libraries, of: Bounded queue',
      }),
      'rejects-uncoalesced': translate({
        id: 'dirtyBit.libraries.bound.rejectsUncoalesced',
        message: 'only without coalescing: the caller is rejected',
        description: 'In the comparison of libraries, of: Bounded queue',
      }),
      'failures-only': translate({
        id: 'dirtyBit.libraries.bound.failuresOnly',
        message: 'only for what has failed: the most retried is dropped',
        description: 'In the comparison of libraries, of: Bounded queue',
      }),
      spills: translate({
        id: 'dirtyBit.libraries.bound.spills',
        message: 'memory is bounded, and the rest goes to disk',
        description: 'In the comparison of libraries, of: Bounded queue',
      }),
      none: translate({
        id: 'dirtyBit.libraries.bound.none',
        message: 'it grows for as long as more comes in than goes out',
        description: 'In the comparison of libraries, of: Bounded queue',
      }),
    },
    durable: {
      journal: translate({
        id: 'dirtyBit.libraries.durable.journal',
        message: 'a journal on disk, if you give it one',
        description: 'In the comparison of libraries, of: Durable queue',
      }),
      'disk-on-request': translate({
        id: 'dirtyBit.libraries.durable.diskOnRequest',
        message: 'on disk, if you ask for it',
        description: 'In the comparison of libraries, of: Durable queue',
      }),
      redis: translate({
        id: 'dirtyBit.libraries.durable.redis',
        message: 'in Redis, as durable as you have set that',
        description: 'In the comparison of libraries, of: Durable queue',
      }),
      'redis-popped': translate({
        id: 'dirtyBit.libraries.durable.redisPopped',
        message: 'in Redis, but popped before it is written',
        description: 'In the comparison of libraries, of: Durable queue',
      }),
      'other-nodes': translate({
        id: 'dirtyBit.libraries.durable.otherNodes',
        message: 'in memory, on other nodes too',
        description: 'In the comparison of libraries, of: Durable queue',
      }),
      memory: translate({
        id: 'dirtyBit.libraries.durable.memory',
        message: 'in memory only',
        description: 'In the comparison of libraries, of: Durable queue',
      }),
    },
    partial: {
      isolated: translate({
        id: 'dirtyBit.libraries.partial.isolated',
        message:
          'what the store names, or halving the batch finds, is tried alone',
        description: 'In the comparison of libraries, of: Partial failure',
      }),
      'writer-tells': translate({
        id: 'dirtyBit.libraries.partial.writerTells',
        message: 'your writer says which rows are stored',
        description: 'In the comparison of libraries, of: Partial failure',
      }),
      'row-by-row': translate({
        id: 'dirtyBit.libraries.partial.rowByRow',
        message: 'its rows are tried one by one',
        description: 'In the comparison of libraries, of: Partial failure',
      }),
      'one-each': translate({
        id: 'dirtyBit.libraries.partial.oneEach',
        message: 'a job is one write',
        description: 'In the comparison of libraries, of: Partial failure',
      }),
      whole: translate({
        id: 'dirtyBit.libraries.partial.whole',
        message: 'a batch fails as a whole',
        description: 'In the comparison of libraries, of: Partial failure',
      }),
    },
    eviction: {
      never: translate({
        id: 'dirtyBit.libraries.eviction.never',
        message: 'what waits is not evicted',
        description: 'In the comparison of libraries, of: Eviction',
      }),
      'still-read': translate({
        id: 'dirtyBit.libraries.eviction.stillRead',
        message: 'what waits may be evicted; the queue answers reads',
        description: 'In the comparison of libraries, of: Eviction',
      }),
      'not-read': translate({
        id: 'dirtyBit.libraries.eviction.notRead',
        message: 'the write waits on, but a read does not see it',
        description: 'In the comparison of libraries, of: Eviction',
      }),
      'no-cache': translate({
        id: 'dirtyBit.libraries.eviction.noCache',
        message: 'it is no cache',
        description: 'In the comparison of libraries, of: Eviction',
      }),
      unverified: translate({
        id: 'dirtyBit.libraries.eviction.unverified',
        message:
          'neither the public sources nor the documents that we found tell',
        description: 'In the comparison of libraries, of: Eviction',
      }),
    },
    drain: {
      'limit-and-report': translate({
        id: 'dirtyBit.libraries.drain.limitAndReport',
        message: 'up to a limit; reports each write that is left',
        description: 'In the comparison of libraries, of: Drain',
      }),
      'limit-and-count': translate({
        id: 'dirtyBit.libraries.drain.limitAndCount',
        message: 'up to a limit; logs how many writes are lost',
        description: 'In the comparison of libraries, of: Drain',
      }),
      'limit-and-log': translate({
        id: 'dirtyBit.libraries.drain.limitAndLog',
        message: 'up to a limit; then a line in the log',
        description: 'In the comparison of libraries, of: Drain',
      }),
      'time-given': translate({
        id: 'dirtyBit.libraries.drain.timeGiven',
        message: 'for a time that you set, by default none',
        description: 'In the comparison of libraries, of: Drain',
      }),
      'no-limit': translate({
        id: 'dirtyBit.libraries.drain.noLimit',
        message: 'drains, with no limit in time',
        description: 'In the comparison of libraries, of: Drain',
      }),
      'queue-stays': translate({
        id: 'dirtyBit.libraries.drain.queueStays',
        message: 'the queue outlives the process',
        description: 'In the comparison of libraries, of: Drain',
      }),
      none: translate({
        id: 'dirtyBit.libraries.drain.none',
        message: 'a shutdown does not wait',
        description: 'In the comparison of libraries, of: Drain',
      }),
    },
    fencing: {
      database: translate({
        id: 'dirtyBit.libraries.fencing.database',
        message: 'the database refuses an older token',
        description: 'In the comparison of libraries, of: Fencing',
      }),
      'queue-only': translate({
        id: 'dirtyBit.libraries.fencing.queueOnly',
        message: 'in the queue, not in the database',
        description: 'In the comparison of libraries, of: Fencing',
      }),
      none: translate({
        id: 'dirtyBit.libraries.fencing.none',
        message: 'nothing holds it off',
        description: 'In the comparison of libraries, of: Fencing',
      }),
    },
    'compare-and-set': {
      'each-row': translate({
        id: 'dirtyBit.libraries.compareAndSet.eachRow',
        message: 'each write has a version, or names the one it is based on',
        description: 'In the comparison of libraries, of: Compare-and-set',
      }),
      'last-id': translate({
        id: 'dirtyBit.libraries.compareAndSet.lastId',
        message:
          'the last stored id is kept in the database, if you ask for it',
        description: 'In the comparison of libraries, of: Compare-and-set',
      }),
      'old-value': translate({
        id: 'dirtyBit.libraries.compareAndSet.oldValue',
        message: 'your writer gets the value before, too',
        description: 'In the comparison of libraries, of: Compare-and-set',
      }),
      marked: translate({
        id: 'dirtyBit.libraries.compareAndSet.marked',
        message: 'a possible duplicate is marked',
        description: 'In the comparison of libraries, of: Compare-and-set',
      }),
      none: translate({
        id: 'dirtyBit.libraries.compareAndSet.none',
        message: 'a write carries no condition',
        description: 'In the comparison of libraries, of: Compare-and-set',
      }),
    },
    flush: {
      public: translate({
        id: 'dirtyBit.libraries.flush.public',
        message: 'a public method',
        description: 'In the comparison of libraries, of: Flush',
      }),
      'one-write': translate({
        id: 'dirtyBit.libraries.flush.oneWrite',
        message: 'you can wait for one write',
        description: 'In the comparison of libraries, of: Flush',
      }),
      internal: translate({
        id: 'dirtyBit.libraries.flush.internal',
        message: 'in internal code only',
        description: 'In the comparison of libraries, of: Flush',
      }),
      none: translate({
        id: 'dirtyBit.libraries.flush.none',
        message: 'there is no way to wait',
        description: 'In the comparison of libraries, of: Flush',
      }),
    },
  };
}
