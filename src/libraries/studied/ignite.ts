import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'apache/ignite',
  '01cbbc712a521cea82195c787e0c978ee50a6f40',
);
const main = 'modules/core/src/main/java/org/apache/ignite';
const store = sources.file(
  `${main}/internal/processors/cache/store/GridCacheWriteBehindStore.java`,
);

export const ignite: Library = {
  id: 'ignite',
  name: 'Ignite 2',
  cells: {
    coalescing: found(
      'by-default',
      sources.file(
        `${main}/configuration/CacheConfiguration.java`,
        '22580e19b7ae5d11b8c299e2b3d92f5c8b9f0e8c',
      ),
    ),
    order: found('one-at-a-time', store),
    retry: found('while-room', store),
    backoff: found('fixed', store),
    'dead-letter': found('dropped', store),
    bound: found('writes-through', store),
    durable: found('memory', store),
    partial: found('whole', store),
    eviction: found('still-read', store),
    drain: found('no-limit', store),
    fencing: found('none', store),
    'compare-and-set': found('none', store),
    flush: found('internal', store),
  },
};
