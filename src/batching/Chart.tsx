import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import { type ChartProps, PageChart } from '../components/PageChart.tsx';

/** What the size of a batch is worth. */
export function Chart(props: ChartProps): JSX.Element {
  return <PageChart {...props} charts={charts} names={names} />;
}

function charts() {
  const size = translate({
    id: 'dirtyBit.batching.size',
    message: 'Rows in a batch',
    description: 'Heads the column with the sizes of batches',
  });
  return {
    rate: {
      caption: translate({
        id: 'dirtyBit.batching.rate',
        message: 'Rows stored per second, by the way in which they are sent',
        description: 'Title of a chart about the size of batches',
      }),
      rows: size,
    },
    'wait-by-size': {
      caption: translate({
        id: 'dirtyBit.batching.waitBySize',
        message: 'Average time from a write to its row, by writes per second',
        description: 'Title of a chart about the size of batches',
      }),
      rows: size,
    },
    wait: {
      caption: translate({
        id: 'dirtyBit.batching.wait',
        message:
          'Average time from a write to its row, by what happens to the database',
        description: 'Title of a chart about ways to make batches',
      }),
      rows: translate({
        id: 'dirtyBit.batching.batches',
        message: 'Batches',
        description: 'Heads the column with the ways to make batches',
      }),
    },
  };
}

function names(locale: string) {
  const inDigits = (value: number) => value.toLocaleString(locale);
  const counts = [1, 3, 10, 30, 100, 200, 300, 1000, 3000, 5000];
  const byCount = (rows: number) =>
    translate(
      {
        id: 'dirtyBit.batching.byCount',
        message: 'Full with {rows} rows',
        description: 'A way to make batches',
      },
      { rows: inDigits(rows) },
    );
  const byTime = (ms: number) =>
    translate(
      {
        id: 'dirtyBit.batching.byTime',
        message: 'Every {ms} ms',
        description: 'A way to make batches',
      },
      { ms: inDigits(ms) },
    );
  return {
    ...Object.fromEntries(
      counts.map((count) => [String(count), inDigits(count)]),
    ),
    'transaction-a-row': translate({
      id: 'dirtyBit.batching.transactionPerRow',
      message: 'A transaction per row',
      description: 'A way to send the rows of a batch to the database',
    }),
    'statement-a-row': translate({
      id: 'dirtyBit.batching.statementPerRow',
      message: 'One transaction, a statement per row',
      description: 'A way to send the rows of a batch to the database',
    }),
    'statement-a-batch': translate({
      id: 'dirtyBit.batching.statementPerBatch',
      message: 'One multi-row statement',
      description: 'A way to send the rows of a batch to the database',
    }),
    'count-10': byCount(10),
    'count-100': byCount(100),
    'count-1000': byCount(1000),
    'time-20': byTime(20),
    'time-100': byTime(100),
    'time-1000': byTime(1000),
    'as-it-comes': translate({
      id: 'dirtyBit.batching.asItComes',
      message: 'All that came meanwhile',
      description: 'A way to make batches: what came while the last was sent',
    }),
    aimd: translate({
      id: 'dirtyBit.batching.aimd',
      message: 'The same, sized by time alone',
      description: 'A way to make batches: all that came, up to a size',
    }),
    adaptive: translate({
      id: 'dirtyBit.batching.adaptive',
      message: 'The same, sized by time and overhead',
      description: 'A way to make batches: all that came, up to a size',
    }),
    usual: translate({
      id: 'dirtyBit.batching.usual',
      message: 'Nothing',
      description: 'Of what happens to the database',
    }),
    'costly-rows': translate({
      id: 'dirtyBit.batching.costlyRows',
      message: 'Rows get costly',
      description: 'Of what happens to the database',
    }),
    'costly-commits': translate({
      id: 'dirtyBit.batching.costlyCommits',
      message: 'Commits get costly',
      description: 'Of what happens to the database',
    }),
    hang: translate({
      id: 'dirtyBit.batching.hang',
      message: 'It hangs for 5 s',
      description: 'Of what happens to the database',
    }),
  };
}
