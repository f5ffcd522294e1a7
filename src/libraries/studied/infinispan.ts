import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'infinispan/infinispan',
  '1d96eb9726e1be801975600a217324606c8390f9',
);
const folder = 'core/src/main/java/org/infinispan/persistence';
const store = sources.file(`${folder}/async/AsyncNonBlockingStore.java`);

export const infinispan: Library = {
  id: 'infinispan',
  name: 'Infinispan',
  cells: {
    coalescing: found('always', store),
    order: found('one-at-a-time', store),
    retry: found('as-set', store),
    backoff: found('fixed', store),
    'dead-letter': found('dropped', store),
    bound: found('waits', store),
    durable: found(
      'memory',
      sources.file(
        'documentation/src/main/asciidoc/topics/con_write_behind.adoc',
      ),
    ),
    partial: found('whole', store),
    eviction: found('still-read', store),
    drain: found(
      'limit-and-log',
      sources.file(`${folder}/manager/PersistenceManagerImpl.java`),
    ),
    fencing: found('none', store),
    'compare-and-set': found('none', store),
    flush: found(
      'none',
      sources.file(`${folder}/manager/PersistenceManager.java`),
    ),
  },
};
