import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import { type ChartProps, PageChart } from '../components/PageChart.tsx';

/** What group commit saves. */
export function Chart(props: ChartProps): JSX.Element {
  return <PageChart {...props} charts={charts} names={names} />;
}

function charts() {
  const rows = translate({
    id: 'dirtyBit.durableQueue.writers',
    message: 'Writers',
    description: 'Heads the column that says how many write at the same time',
  });
  return {
    rate: {
      caption: translate({
        id: 'dirtyBit.durableQueue.rate',
        message: 'Durable writes a second, by how many write at the same time',
        description: 'Title of a chart about group commit',
      }),
      rows,
    },
    wait: {
      caption: translate({
        id: 'dirtyBit.durableQueue.wait',
        message:
          'From an append to its acknowledgement, by how many write at the same time',
        description: 'Title of a chart about group commit',
      }),
      rows,
    },
  };
}

function names(locale: string) {
  const counts = [1, 2, 4, 8, 16, 32, 64].map((count) => [
    count,
    count.toLocaleString(locale),
  ]);
  return {
    ...Object.fromEntries(counts),
    each: translate({
      id: 'dirtyBit.durableQueue.each',
      message: 'An fsync for each',
      description: 'How a journal commits: each write by itself',
    }),
    group: translate({
      id: 'dirtyBit.durableQueue.group',
      message: 'Group commit',
      description: 'How a journal commits: writes together, with one fsync',
    }),
  };
}
