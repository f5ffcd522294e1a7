import type { Figure } from '../harness/figure.ts';
import { median, quantile } from '../harness/statistics.ts';
import type { Observed } from './play.ts';

/** The same figure, of each strategy under each workload. */
export interface Family {
  readonly is: string;
  readonly unit: Figure['unit'];
  readonly value: (observed: Observed) => number;
}

export const families: Readonly<Record<string, Family>> = {
  'ack-median': {
    is: 'the median of the milliseconds from the call of a set to its acknowledgement',
    unit: 'milliseconds',
    value: ({ acknowledgedAfter }) => median(acknowledgedAfter),
  },
  'ack-p99': {
    is: 'the 99th percentile of the milliseconds from the call of a set to its acknowledgement',
    unit: 'milliseconds',
    value: ({ acknowledgedAfter }) => quantile(acknowledgedAfter, 0.99),
  },
  rows: {
    is: 'the rows that the database writes for each set',
    unit: 'count',
    value: ({ rows, acknowledgedAfter }) => rows / acknowledgedAfter.length,
  },
  'database-writes': {
    is: 'the writes that the database carries out, of one row or of a batch, for each set',
    unit: 'count',
    value: ({ databaseWrites, acknowledgedAfter }) =>
      databaseWrites / acknowledgedAfter.length,
  },
  'database-reads': {
    is: 'the reads that the database carries out for each get',
    unit: 'count',
    value: ({ databaseReads, gets }) => databaseReads / gets,
  },
  'hit-rate': {
    is: 'the share of the gets whose value was in the cache before they were called',
    unit: 'share',
    value: ({ hits, gets }) => hits / gets,
  },
};
