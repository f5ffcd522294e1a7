import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'hazelcast/hazelcast',
  '00219a0e9f88fb6631c90dab66971433f60d15c2',
);
const main = 'hazelcast/src/main/java/com/hazelcast';
const folder = `${main}/map/impl/mapstore/writebehind`;
const processor = sources.file(
  `${folder}/DefaultWriteBehindProcessor.java`,
  'a732dfde2142e602f535f77da3b2b56a1825b4d2',
);
const store = sources.file(`${folder}/WriteBehindStore.java`);
const worker = sources.file(`${folder}/StoreWorker.java`);
const mapStore = sources.file(
  `${main}/map/MapStore.java`,
  '14ef0dbefa4a6fa00a50a8873aeea02ec6c3f5e4',
);

export const hazelcast: Library = {
  id: 'hazelcast',
  name: 'Hazelcast MapStore',
  cells: {
    coalescing: found('by-default', sources.issue(3002)),
    order: found('one-at-a-time', processor),
    retry: found('for-ever', processor),
    backoff: found('fixed', processor),
    'dead-letter': found('blocks', processor),
    bound: found(
      'rejects-uncoalesced',
      sources.file(`${folder}/BoundedWriteBehindQueue.java`),
    ),
    durable: found('other-nodes', worker),
    partial: found('writer-tells', mapStore),
    eviction: found('still-read', store),
    drain: found('none', sources.issue(12874)),
    fencing: found('none', worker),
    'compare-and-set': found('none', mapStore),
    flush: found('public', {
      what: 'IMap.flush()',
      url: 'https://docs.hazelcast.com/hazelcast/5.4/mapstore/mapstore-triggers',
    }),
  },
};
