import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import { type ChartProps, PageChart } from '../components/PageChart.tsx';

/** What coalescing saves. */
export function Chart(props: ChartProps): JSX.Element {
  return <PageChart {...props} charts={charts} names={names} />;
}

function charts() {
  const keys = translate({
    id: 'dirtyBit.coalescing.keys',
    message: 'Keys',
    description: 'Heads the column that says how unlike each other keys are',
  });
  return {
    saved: {
      caption: translate({
        id: 'dirtyBit.coalescing.saved',
        message: 'Writes that the database is spared, by the window',
        description: 'Title of a chart about the coalescing of writes',
      }),
      rows: keys,
    },
    'saved-by-batch': {
      caption: translate({
        id: 'dirtyBit.coalescing.savedByBatch',
        message:
          'Writes that the database is spared in a window of 10 s, by the rows that a batch may have',
        description: 'Title of a chart about the coalescing of writes',
      }),
      rows: keys,
    },
    values: {
      caption: translate({
        id: 'dirtyBit.coalescing.values',
        message: 'Values sent to the database per write, by the window',
        description: 'Title of a chart about the coalescing of writes',
      }),
      rows: translate({
        id: 'dirtyBit.coalescing.form',
        message: 'Form',
        description: 'Heads the column with the forms of coalescing',
      }),
    },
  };
}

function names(locale: string) {
  const zipf = (exponent: number) => `Zipf ${exponent.toLocaleString(locale)}`;
  const count = (value: number) => value.toLocaleString(locale);
  return {
    '100-ms': '100 ms',
    '1-s': '1 s',
    '10-s': '10 s',
    '10': count(10),
    '100': count(100),
    '1000': count(1000),
    uniform: translate({
      id: 'dirtyBit.coalescing.uniform',
      message: 'All alike',
      description: 'Keys of which each is as likely as any other',
    }),
    'zipf-0.5': zipf(0.5),
    'zipf-1': zipf(1),
    'zipf-1.5': zipf(1.5),
    'last-value': translate({
      id: 'dirtyBit.coalescing.lastValue',
      message: 'Last value',
      description: 'A form of coalescing: a later value replaces the earlier',
    }),
    'merged-fields': translate({
      id: 'dirtyBit.coalescing.mergedFields',
      message: 'Merged fields',
      description: 'A form of coalescing: the last value of each field',
    }),
    'added-counts': translate({
      id: 'dirtyBit.coalescing.addedCounts',
      message: 'Added counts',
      description: 'A form of coalescing: the sum of what was counted',
    }),
  };
}
