import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'oracle/coherence',
  '04826e4bb66b3cb34b9ca9a5e9faf466de5bb211',
);
const folder = 'prj/coherence-core/src/main/java/com/tangosol/net/cache';
const map = sources.file(`${folder}/ReadWriteBackingMap.java`);
const store = sources.file(
  `${folder}/CacheStore.java`,
  '45c79a7815bbdcfb0f5153f12cfe98869c46ed05',
);

export const coherence: Library = {
  id: 'coherence',
  name: 'Coherence',
  cells: {
    coalescing: found('always', map),
    order: found('one-at-a-time', map),
    retry: found('on-request', map),
    backoff: found('fixed', map),
    'dead-letter': found('dropped', map),
    bound: found('none', map),
    durable: found('other-nodes', map),
    partial: found('writer-tells', store),
    eviction: found('never', map),
    drain: found('no-limit', map),
    fencing: found('none', map),
    'compare-and-set': found('old-value', map),
    flush: found('public', map),
  },
};
