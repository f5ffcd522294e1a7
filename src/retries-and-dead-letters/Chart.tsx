import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import { type ChartProps, PageChart } from '../components/PageChart.tsx';

/** How many clients come back at the same moment. */
export function Chart(props: ChartProps): JSX.Element {
  return <PageChart {...props} charts={charts} names={names} />;
}

function charts() {
  const rows = translate({
    id: 'dirtyBit.retries.jitter',
    message: 'Jitter',
    description: 'Heads the column with the kinds of jitter',
  });
  return {
    collisions: {
      caption: translate({
        id: 'dirtyBit.retries.collisions',
        message:
          'Of 1,000 clients, the most that come within the same 10 ms, by their attempt',
        description: 'Title of a chart about retries with and without jitter',
      }),
      rows,
    },
    recovery: {
      caption: translate({
        id: 'dirtyBit.retries.recovery',
        message: 'Once the database is back, with room for 20 writes at a time',
        description: 'Title of a chart about retries with and without jitter',
      }),
      rows,
    },
  };
}

function names(locale: string) {
  const attempt = (number: number) =>
    translate(
      {
        id: 'dirtyBit.retries.attempt',
        message: 'Attempt {number}',
        description: 'Heads a column: the first attempt is 1, its retry 2',
      },
      { number: number.toLocaleString(locale) },
    );
  return {
    '2': attempt(2),
    '3': attempt(3),
    '4': attempt(4),
    '5': attempt(5),
    refused: translate({
      id: 'dirtyBit.retries.refused',
      message: 'Writes refused',
      description: 'Heads a column: writes for which a database has no room',
    }),
    'all-stored': translate({
      id: 'dirtyBit.retries.allStored',
      message: 'All stored after',
      description: 'Heads a column with times',
    }),
    none: translate({
      id: 'dirtyBit.retries.none',
      message: 'None',
      description: 'A kind of jitter: pauses are not drawn at random',
    }),
    equal: translate({
      id: 'dirtyBit.retries.equal',
      message: 'Equal: upper half',
      description: 'A kind of jitter: half of the pause is drawn at random',
    }),
    full: translate({
      id: 'dirtyBit.retries.full',
      message: 'Full: all of it',
      description: 'A kind of jitter: all of the pause is drawn at random',
    }),
  };
}
