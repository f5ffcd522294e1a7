import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'ehcache/ehcache3',
  'a7f07f82e2c6b9aa04b79dfbda1fa2383aa68348',
);
const main = 'ehcache-impl/src/main/java/org/ehcache/impl/internal';
const folder = `${main}/loaderwriter/writebehind`;
const queue = sources.file(`${folder}/BatchingLocalHeapWriteBehindQueue.java`);
const document = sources.file('docs/src/docs/asciidoc/user/writers.adoc');

export const ehcache: Library = {
  id: 'ehcache',
  name: 'Ehcache 3',
  cells: {
    coalescing: found('on-request', document),
    order: found(
      'one-at-a-time',
      sources.file(`${folder}/StripedWriteBehind.java`),
    ),
    retry: found('none', document),
    backoff: found('no-retry', document),
    'dead-letter': found('dropped', queue),
    bound: found(
      'waits',
      sources.file(`${main}/executor/PartitionedUnorderedExecutor.java`),
    ),
    durable: found('memory', queue),
    partial: found('whole', queue),
    eviction: found(
      'still-read',
      sources.file(`${folder}/AbstractWriteBehind.java`),
    ),
    drain: found(
      'no-limit',
      sources.file(`${main}/executor/ExecutorUtil.java`),
    ),
    fencing: found('none', queue),
    'compare-and-set': found('none', queue),
    flush: found('none', sources.file(`${folder}/WriteBehind.java`)),
  },
};
