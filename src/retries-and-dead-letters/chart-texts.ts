import { translate } from '@docusaurus/Translate';

/** What a chart shows, by the family of its figures. */
export function captions(): Readonly<Record<string, string>> {
  return {
    collisions: translate({
      id: 'dirtyBit.retries.collisions',
      message:
        'Of 1,000 clients, the most that come within the same 10 ms, by their attempt',
      description: 'Title of a chart about retries with and without jitter',
    }),
    recovery: translate({
      id: 'dirtyBit.retries.recovery',
      message: 'Once the database is back, with room for 20 writes at a time',
      description: 'Title of a chart about retries with and without jitter',
    }),
  };
}

/** Heads the column with the names of the rows. */
export function jitterHead(): string {
  return translate({
    id: 'dirtyBit.retries.jitter',
    message: 'Jitter',
    description: 'Heads the column with the kinds of jitter',
  });
}

/** What the rows and columns of the charts are called. */
export function names(locale: string): Readonly<Record<string, string>> {
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
