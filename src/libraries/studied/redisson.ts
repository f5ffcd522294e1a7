import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'redisson/redisson',
  '66863978b4a92093b97c1f8c96f182a77e81d50e',
);
const folder = 'redisson/src/main/java/org/redisson';
const task = sources.file(`${folder}/MapWriteBehindTask.java`);
const retrying = sources.file(`${folder}/api/map/RetryableMapWriter.java`);
const writer = sources.file(`${folder}/api/map/MapWriter.java`);
const map = sources.file(`${folder}/RedissonMap.java`);

export const redisson: Library = {
  id: 'redisson',
  name: 'Redisson',
  cells: {
    coalescing: found('within-batch', task),
    order: found('deletes-first', task),
    retry: found('on-request', sources.file(`${folder}/api/MapOptions.java`)),
    backoff: found('fixed', retrying),
    'dead-letter': found('dropped', task),
    bound: found('none', task),
    durable: found('redis-popped', task),
    partial: found('whole', retrying),
    eviction: found('not-read', map),
    drain: found('no-limit', task),
    fencing: found('none', task),
    'compare-and-set': found('none', writer),
    flush: found('none', sources.file(`${folder}/WriteBehindService.java`)),
  },
};
