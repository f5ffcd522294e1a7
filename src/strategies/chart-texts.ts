import { translate } from '@docusaurus/Translate';

/** What a chart shows, by the family of its figures. */
export function captions(): Readonly<Record<string, string>> {
  return {
    'ack-median': translate({
      id: 'dirtyBit.chart.ackMedian',
      message: 'Time until a write is acknowledged, median',
      description: 'Title of a chart that compares the strategies',
    }),
    'ack-p99': translate({
      id: 'dirtyBit.chart.ackP99',
      message: 'Time until a write is acknowledged, 99th percentile',
      description: 'Title of a chart that compares the strategies',
    }),
    rows: translate({
      id: 'dirtyBit.chart.rows',
      message: 'Rows written to the database per write',
      description: 'Title of a chart that compares the strategies',
    }),
    'database-writes': translate({
      id: 'dirtyBit.chart.databaseWrites',
      message: 'Calls that write to the database, per write',
      description: 'Title of a chart that compares the strategies',
    }),
    'database-reads': translate({
      id: 'dirtyBit.chart.databaseReads',
      message: 'Reads of the database per read',
      description: 'Title of a chart that compares the strategies',
    }),
    'hit-rate': translate({
      id: 'dirtyBit.chart.hitRate',
      message: 'Share of the reads that hit the cache',
      description: 'Title of a chart that compares the strategies',
    }),
  };
}

/** What heads the columns. */
export function workloadNames(): Readonly<Record<string, string>> {
  return {
    'read-heavy': translate({
      id: 'dirtyBit.chart.readHeavy',
      message: 'Read-heavy',
      description: 'A simulated workload: most requests read',
    }),
    'write-heavy': translate({
      id: 'dirtyBit.chart.writeHeavy',
      message: 'Write-heavy',
      description: 'A simulated workload: most requests write',
    }),
    skewed: translate({
      id: 'dirtyBit.chart.skewed',
      message: 'Skewed',
      description: 'A simulated workload: a few keys get most requests',
    }),
    bursty: translate({
      id: 'dirtyBit.chart.bursty',
      message: 'Bursty',
      description: 'A simulated workload: requests come in bursts',
    }),
  };
}
