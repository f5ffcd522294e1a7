import { found, type Proof, type Row } from './library.ts';

const cacheTest = 'strategies/write-behind/write-behind-cache.test.ts';

/** The code of this site, by the same measure: the cache and its parts. */
export const own: Row<Proof> = {
  coalescing: found('always', {
    page: 'strategies/write-behind',
    anchor: 'queue',
    test: [cacheTest, 'and what was replaced is not tried again'],
  }),
  order: found('one-at-a-time', {
    page: 'strategies/write-behind',
    anchor: 'promises',
    test: [cacheTest, 'however often it is written and flushed'],
  }),
  retry: found('as-set', {
    page: 'write-behind/retries-and-dead-letters',
    anchor: 'errors',
    test: [
      cacheTest,
      'and is tried as often as the options say, ever more rarely',
    ],
  }),
  backoff: found('growing', {
    page: 'write-behind/retries-and-dead-letters',
    anchor: 'jitter',
    test: [
      'write-behind/retries-and-dead-letters/retries.test.ts',
      'are spread evenly from nothing to the longest, which doubles up to its bound',
    ],
  }),
  'dead-letter': found('kept', {
    page: 'write-behind/retries-and-dead-letters',
    anchor: 'operate',
    test: [cacheTest, 'a dead letter that nobody takes stays with the cache'],
  }),
  bound: found('chosen', {
    page: 'write-behind/backpressure',
    anchor: 'policies',
    test: [cacheTest, 'and never exceeded, however many wait'],
  }),
  durable: found('journal', {
    page: 'write-behind/durable-queue',
    anchor: 'sqlite',
    test: [
      'write-behind/durable-queue/sqlite-journal.test.ts',
      'a cache goes on where the process before it ended',
    ],
  }),
  partial: found('isolated', {
    page: 'write-behind/batching',
    anchor: 'failures',
    test: [
      cacheTest,
      'so halves of a failed batch follow, and single rows last',
    ],
  }),
  eviction: found('never', {
    page: 'write-behind/memory',
    anchor: 'eviction',
    test: [cacheTest, 'while what waits for the store is never dropped'],
  }),
  drain: found('limit-and-report', {
    page: 'write-behind/shutdown',
    anchor: 'how-it-works',
    test: [cacheTest, 'and tells what it had to leave when the time is over'],
  }),
  fencing: found('database', {
    page: 'write-behind/many-nodes',
    anchor: 'fence',
    test: [
      'write-behind/many-nodes/users.sql.test.ts',
      'an owner with a lower token is refused, and changes nothing',
    ],
  }),
  'compare-and-set': found('each-row', {
    page: 'write-behind/conflicts',
    anchor: 'compare-and-set',
    test: [
      'write-behind/conflicts/products.sql.test.ts',
      'a write over any other version changes nothing',
    ],
  }),
  flush: found('public', {
    page: 'strategies/write-behind',
    anchor: 'promises',
    test: [cacheTest, 'a flush ends when all that came before is in the store'],
  }),
};
