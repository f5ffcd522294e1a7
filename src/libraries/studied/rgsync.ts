import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'RedisGears/rgsync',
  '5c5bca64d8fb49c037a2cbb6cd1134b2f5a83275',
);
const recipe = sources.file('rgsync/redis_gears_write_behind.py');
const connector = sources.file('rgsync/Connectors/sql_connectors.py');
const readme = sources.file('README.md');

export const rgsync: Library = {
  id: 'rgsync',
  name: 'rgsync',
  cells: {
    coalescing: found('none', connector),
    order: found('one-at-a-time', readme),
    retry: found('for-ever', recipe),
    backoff: found('fixed', recipe),
    'dead-letter': found('blocks', recipe),
    bound: found('none', recipe),
    durable: found('redis', readme),
    partial: found('whole', connector),
    eviction: found('not-read', recipe),
    drain: found('queue-stays', readme),
    fencing: found('none', connector),
    'compare-and-set': found('last-id', connector),
    flush: found('one-write', readme),
  },
};
