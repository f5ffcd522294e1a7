/** The numbers that tests know: those of examples, and of what they print. */
import path from 'node:path/posix';
import { languageOfFile, plainText } from '../snippets/languages.ts';
import type { Figure } from './figures.ts';

export interface KnownNumber {
  readonly value: number;
  /** Those beside it, which say what it is: those of its line and its file. */
  readonly words: ReadonlySet<string>;
}

/**
 * The words tell a setting of 12 ms from the 12 of a counter. That is no proof:
 * a line may hold a time and something else.
 */
export function isKnown(
  { values, kind }: Figure,
  numbers: readonly KnownNumber[],
): boolean {
  return numbers.some(
    ({ value, words }) =>
      values.includes(value) &&
      (kind.words === undefined ||
        [...kind.words, aim].some((word) => words.has(word))),
  );
}

/** What a benchmark's figure must reach is of the kind that the figure is of. */
const aim = 'aim';

export function numbersIn(file: string, text: string): KnownNumber[] {
  const isOutput = languageOfFile(file) === plainText;
  let head = '';
  return text.split('\n').flatMap((line) => {
    const values = [...line.matchAll(number)].map(([digits]) =>
      Number(digits.replaceAll(/[_,]/g, '')),
    );
    if (values.length > 0) {
      const words = wordsIn(`${path.basename(file)} ${head} ${line}`);
      return values.map((value) => ({ value, words }));
    }
    // What an output prints in columns has their names above.
    if (isOutput) head = line;
    return [];
  });
}

/** Not the digits of a name such as `k12`, of a date or of a time of day. */
const number =
  /(?<![\w.]|\w[-:/])\d[\d_]*(?:,\d{3})*(?:\.\d+)?(?![\d_]|[-:]\d)/g;

/** `maxDelayMs` has three. */
function wordsIn(text: string): ReadonlySet<string> {
  const words = text.match(/%|[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
  return new Set(words.map((word) => word.toLowerCase()));
}
