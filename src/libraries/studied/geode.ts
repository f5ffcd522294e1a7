import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'apache/geode',
  'af12f177ed8454ef35c108d1eb9740d1ac1e126c',
);
const main = 'geode-core/src/main/java/org/apache/geode';
const factory = sources.file(
  `${main}/cache/asyncqueue/AsyncEventQueueFactory.java`,
);
const events = 'geode-docs/developing/events';
const document = sources.file(
  `${events}/implementing_write_behind_event_handler.html.md.erb`,
);
const processor = sources.file(
  `${main}/internal/cache/wan/AbstractGatewaySenderEventProcessor.java`,
);

export const geode: Library = {
  id: 'geode',
  name: 'Geode AsyncEventQueue',
  cells: {
    coalescing: found('on-request', factory),
    order: found('one-at-a-time', factory),
    retry: found('for-ever', document),
    backoff: found('at-once', processor),
    'dead-letter': found('blocks', document),
    bound: found('spills', factory),
    durable: found('disk-on-request', document),
    partial: found('whole', document),
    eviction: found('not-read', document),
    drain: found('time-given', processor),
    fencing: found('none', processor),
    'compare-and-set': found('marked', document),
    flush: found(
      'internal',
      sources.file(
        `${main}/cache/asyncqueue/internal/AsyncEventQueueImpl.java`,
      ),
    ),
  },
};
