import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import { type ChartProps, PageChart } from '../components/PageChart.tsx';

/** What keys and values take in memory. */
export function Chart(props: ChartProps): JSX.Element {
  return <PageChart {...props} charts={charts} names={names} />;
}

function charts() {
  return {
    bytes: {
      caption: translate({
        id: 'dirtyBit.memory.bytes',
        message: 'What a key and its value take in memory, by kind of value',
        description: 'Title of a chart of measured bytes',
      }),
      rows: translate({
        id: 'dirtyBit.memory.kind',
        message: 'Value',
        description: 'Heads the column with kinds of values in memory',
      }),
    },
  };
}

function names(locale: string) {
  const characters = (count: number) =>
    translate(
      {
        id: 'dirtyBit.memory.string',
        message: 'String of {count} characters',
        description: 'A kind of value in memory',
      },
      { count: count.toLocaleString(locale) },
    );
  return {
    number: translate({
      id: 'dirtyBit.memory.number',
      message: 'Number',
      description: 'A kind of value in memory',
    }),
    'short-string': characters(12),
    object: translate({
      id: 'dirtyBit.memory.object',
      message: 'Object of ten fields',
      description: 'A kind of value in memory',
    }),
    'long-string': characters(1024),
    buffer: translate(
      {
        id: 'dirtyBit.memory.buffer',
        message: 'Buffer of {count} bytes',
        description: 'A kind of value in memory',
      },
      { count: (1024).toLocaleString(locale) },
    ),
    alone: translate({
      id: 'dirtyBit.memory.alone',
      message: 'In no cache',
      description: 'Where a key and its value are: nowhere in particular',
    }),
    pending: translate({
      id: 'dirtyBit.memory.pending',
      message: 'Pending',
      description: 'A key and its value that wait for the store',
    }),
    copied: translate({
      id: 'dirtyBit.memory.copied',
      message: 'Pending, copied on its way in',
      description: 'A key and its value that wait, in a cache that copies',
    }),
    replaced: translate({
      id: 'dirtyBit.memory.replaced',
      message: 'On its way, and a newer one pending',
      description: 'A key with two values, the older of which is on its way',
    }),
    clean: translate({
      id: 'dirtyBit.memory.clean',
      message: 'Clean, in the expiring cache',
      description: 'A key and its value that the store has',
    }),
  };
}
