import {
  comparePages,
  counterpartLine,
  type Item,
  inAnyLanguage,
} from '../comparison.ts';
import type { Manuscript, Pair } from '../corpus.ts';
import { type Figure, figuresIn, spelledOut } from '../figures.ts';
import { lineOfPassage, wordsOf } from '../prose.ts';
import type { PageRule, Problem } from '../rule.ts';

/** A translation claims the same figures, in its own notation. */
export const figures: PageRule = (pair) => [
  ...inText(pair),
  ...comparePages(pair, inCode, {
    noun: 'code',
    inAnyOrder: true,
    mend: 'leave inline code as it is in the English page',
  }),
];

function inText({ source, translation }: Pair): Problem[] {
  const lacking = placedFigures(source);
  const take = (readings: readonly string[]): boolean => {
    const index = lacking.findIndex(({ figure }) =>
      figure.readings.some((reading) => readings.includes(reading)),
    );
    if (index >= 0) lacking.splice(index, 1);
    return index >= 0;
  };
  const spelled = spelledOut(source.prose.map(wordsOf).join(' '));
  // The likeliest readings go first, lest a doubtful one takes their figure.
  const added = placedFigures(translation)
    .filter(({ figure }) => !take(figure.readings.slice(0, 1)))
    .filter(({ figure }) => !take(figure.readings.slice(1)))
    .filter(({ figure }) => !figure.readings.some((is) => spelled.has(is)));
  const mend =
    'use the figures of the English page; spell out any other number';
  return [
    ...lacking.map(({ figure, line }) => ({
      line: counterpartLine(source, translation, line),
      message: `lacks the figure \`${figure.text}\` of ${source.file}:${line}`,
      mend,
    })),
    ...added.map(({ figure, line }) => ({
      line,
      message: `has the figure \`${figure.text}\`, which ${source.file} does not have`,
      mend,
    })),
  ];
}

interface PlacedFigure {
  readonly figure: Figure;
  readonly line: number;
}

function placedFigures({ prose, locale }: Manuscript): PlacedFigure[] {
  return prose.flatMap((passage) =>
    figuresIn(wordsOf(passage), locale).map((figure) => ({
      figure,
      line: lineOfPassage(passage),
    })),
  );
}

/** Code is the same in every language, whatever its figures mean. */
function inCode({ prose }: Manuscript): Item[] {
  return prose
    .flatMap(({ pieces }) => pieces)
    .filter(({ text, isCode }) => isCode && /\d/.test(text))
    .map(({ text, line }) => ({ text: inAnyLanguage(text), line }));
}
