import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'ben-manes/caffeine',
  'ccef95542a9181182a60f5c6c33d2a0642c73574',
);
const folder =
  'examples/write-behind-rxjava/src/main/java/com/github/benmanes/caffeine';
const writer = sources.file(
  `${folder}/examples/writebehind/rxjava/WriteBehindCacheWriter.java`,
);

export const caffeine: Library = {
  id: 'caffeine',
  name: 'Caffeine',
  cells: {
    coalescing: found('by-function', writer),
    order: found('one-at-a-time', writer),
    retry: found('none', writer),
    backoff: found('no-retry', writer),
    'dead-letter': found('dropped', writer),
    bound: found('none', writer),
    durable: found('memory', writer),
    partial: found('whole', writer),
    eviction: found('not-read', writer),
    drain: found('none', writer),
    fencing: found('none', writer),
    'compare-and-set': found('none', writer),
    flush: found('none', writer),
  },
};
