/** What `WriteBehindCache` costs, beside a bare `Map`. */
import type { Benchmark } from './harness/benchmark.ts';
import { bytes } from './write-behind/bytes.ts';
import {
  add,
  costOf,
  get,
  growthOf,
  journalled,
  remove,
  set,
} from './write-behind/costs.ts';
import { flushes } from './write-behind/flushes.ts';

const sizes = [1, 1000, 10_000, 100_000];

export const benchmark: Benchmark = {
  conditions: [
    'The cache has its defaults, except that nothing is flushed before it is told to.',
    'The store and the journal do nothing, at once. Keys are short strings, and all values are one object.',
    'A cost is the processor time, on all threads, of awaiting an operation: of about 400,000 in each round, of 100,000 keys where it is a flush. Keys that are pending are visited in another order than the one in which they came.',
    'The bare Map is in a class whose methods are async and do nothing else. It takes turns with the cache, in a process that does nothing else.',
    'Garbage is collected before each turn, and in it when it is due.',
    'Bytes are those of the heap after a full garbage collection.',
  ].join(' '),
  parts: [
    bytes,
    costOf(set, 1, { atMost: 3 }),
    costOf(set, 1000),
    costOf(set, 10_000),
    costOf(set, 100_000, { atMost: 3 }),
    journalled,
    ...sizes.map((pending) => costOf(add, pending)),
    ...sizes.map((pending) => costOf(get, pending)),
    ...sizes.map((pending) => costOf(remove, pending)),
    flushes,
  ],
  derived: {
    'growth-set': growthOf(set),
    'growth-new': growthOf(add),
    'growth-get': growthOf(get),
    'growth-delete': growthOf(remove),
  },
};
