import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'ether/ueberDB',
  '6c34c46872baec76736a75fb7e8f528ec26b909a',
);
const layer = sources.file('lib/CacheAndBufferLayer.ts');

export const ueberdb: Library = {
  id: 'ueberdb',
  name: 'ueberDB',
  cells: {
    coalescing: found('always', layer),
    order: found('one-at-a-time', layer),
    retry: found('once-alone', layer),
    backoff: found('at-once', layer),
    'dead-letter': found('caller-told', layer),
    bound: found('none', layer),
    durable: found('memory', layer),
    partial: found('row-by-row', layer),
    eviction: found('never', layer),
    drain: found('no-limit', layer),
    fencing: found('none', layer),
    'compare-and-set': found('none', layer),
    flush: found('public', layer),
  },
};
