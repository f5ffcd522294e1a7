import { found, type Library, repository } from '../library.ts';

const sources = repository(
  'taskforcesh/bullmq',
  '352d3c72bf2bc5ec851630a4cdcba7d44c313ed0',
);
const guide = 'docs/gitbook/guide';
const retries = sources.file(`${guide}/retrying-failing-jobs.md`);
const production = sources.file(`${guide}/going-to-production.md`);
const fifo = sources.file(`${guide}/jobs/fifo.md`);
const queueOptions = sources.file('src/interfaces/queue-options.ts');
const job = sources.file('src/classes/job.ts');

export const bullmq: Library = {
  id: 'bullmq',
  name: 'BullMQ',
  cells: {
    coalescing: found(
      'on-request',
      sources.file(`${guide}/jobs/deduplication.md`),
    ),
    order: found('one-worker', fifo),
    retry: found('on-request', retries),
    backoff: found('on-request', retries),
    'dead-letter': found('kept', sources.file(`${guide}/jobs/retrying-job.md`)),
    bound: found('none', queueOptions),
    durable: found('redis', production),
    partial: found('one-each', fifo),
    eviction: found('no-cache', production),
    drain: found(
      'queue-stays',
      sources.file(`${guide}/workers/graceful-shutdown.md`),
    ),
    fencing: found(
      'queue-only',
      sources.file('src/commands/includes/removeLock.lua'),
    ),
    'compare-and-set': found('none', job),
    flush: found('one-write', job),
  },
};
