import { found, type Library, repository } from '../library.ts';

/** The last public sources that have it; the product went on without them. */
const sources = repository(
  'Alachisoft/NCache',
  '3ecda0ce91c91f1ac06ac6adb2d75102e0f117c9',
);
const folder = 'Src/NCCache/Caching/DatasourceProviders';
const processor = sources.file(`${folder}/WriteBehindAsyncProcessor.cs`);
const operation = sources.file(
  'Src/NCRuntime/DatasourceProviders/WriteOperation.cs',
);
const replicated = sources.file(
  'Src/NCCache/Caching/Topologies/Clustered/ReplicatedCacheBase.cs',
);
const documents = 'https://www.alachisoft.com/resources/docs/ncache';

export const ncache: Library = {
  id: 'ncache',
  name: 'NCache',
  cells: {
    coalescing: found('always', processor),
    order: found('one-at-a-time', processor),
    retry: found('on-request', processor),
    backoff: found('fixed', processor),
    'dead-letter': found('dropped', processor),
    bound: found('failures-only', {
      what: 'Write-behind',
      url: `${documents}/admin-guide/write-behind.html`,
    }),
    durable: found('other-nodes', replicated),
    partial: found('writer-tells', processor),
    eviction: found('unverified', processor),
    drain: found('limit-and-count', {
      what: 'Graceful Node Down',
      url: `${documents}/admin-guide/graceful-node-down.html`,
    }),
    fencing: found('none', processor),
    'compare-and-set': found('none', operation),
    flush: found('none', processor),
  },
};
