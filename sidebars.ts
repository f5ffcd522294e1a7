import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';

/** The order of the pages. A section appears here with its first page. */
export default {
  docs: [
    section('start', 'Start here', ['introduction', 'quick-start', 'choosing']),
    section('strategies', 'Strategies', [
      'write-behind',
      'write-through',
      'write-around',
      'cache-aside',
      'read-through',
      'cache-invalidation',
    ]),
    section('write-behind', 'Write-behind in depth', [
      'anatomy',
      'coalescing',
      'batching',
      'dirty-bit',
      'retries-and-dead-letters',
      'backpressure',
      'conflicts',
      'counters',
      'durable-queue',
      'event-queue',
      'crash-recovery',
      'shutdown',
      'monitoring',
      'hybrid',
      'reconciliation',
      'many-nodes',
      'async-safety',
      'memory',
    ]),
    section('pitfalls', 'Pitfalls', [
      'scoreboard',
      'emptied-before-written',
      'put-back-over-newer',
      'dead-rise',
      'sets-then-deletes',
      'falsy-values',
      'pop-then-write',
      'one-batch-shutdown',
      'overlapping-flushes',
      'unbounded-queue',
      'self-fed-channel',
      'flush-inside-set',
      'stale-merge',
      'expired-while-pending',
      'poisoned-batch',
      'postponed-deadline',
      'newer-cleared',
      'offset-past-failure',
    ]),
    section('production', 'In production', [
      'redis-postgres',
      'nestjs',
      'durable-logs',
      'tuning',
      'use-cases',
      'testing',
    ]),
    section('reference', 'Reference', [
      'benchmarks',
      'libraries',
      'faq',
      'glossary',
    ]),
    section('contribute', 'Contribute', ['examples', 'translations']),
  ],
} satisfies SidebarsConfig;

function section(key: string, label: string, pages: readonly string[]) {
  return {
    type: 'category' as const,
    key,
    label,
    collapsible: false,
    items: pages.map((page) => `${key}/${page}`),
  };
}
