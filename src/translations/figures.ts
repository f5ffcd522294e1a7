/**
 * The figures in a text, read as its language writes them: `1,000.5` in English
 * and Japanese is `1.000,5` in Vietnamese, and `10 million` is `1000万`.
 */
import type { Locale } from '../site.ts';

export interface Figure {
  /** As it is written. */
  readonly text: string;
  /**
   * What it may mean, the likeliest first: Vietnamese authors write `1.000` for
   * a thousand, and copy `0.125` as it is.
   */
  readonly readings: readonly string[];
}

export function figuresIn(text: string, locale: Locale): Figure[] {
  const { magnitudes } = notations[locale];
  const figure = new RegExp(
    String.raw`(?<name>\p{Script=Latin}*)(?<digits>\d(?:[\d.,]*\d)?)(?:\s?(?<magnitude>${Object.keys(magnitudes).join('|')})(?!\p{Script=Latin}))?`,
    'gu',
  );
  return [...halfWidth(text).matchAll(figure)].flatMap((match): Figure[] => {
    const { name = '', digits = '', magnitude } = match.groups ?? {};
    // `P1` is a name, whatever the language.
    if (name !== '')
      return [{ text: name + digits, readings: [name + digits] }];
    const factor = magnitude === undefined ? 1 : (magnitudes[magnitude] ?? 1);
    return [
      {
        text: match[0],
        readings: readingsOf(digits, locale).map((reading) =>
          factor === 1 ? reading : String(Number(reading) * factor),
        ),
      },
    ];
  });
}

/**
 * The figures that an English text spells out, which other languages may write
 * in digits: "three changes" are `3回の変更`. One is always among them, since
 * "a row" is `1行`.
 */
export function spelledOut(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return new Set([
    '1',
    ...words.flatMap((word) => {
      const singular = word.replace(/s$/, '');
      return numerals[word] ?? numerals[singular] ?? [];
    }),
  ]);
}

interface Notation {
  readonly group: ',' | '.';
  readonly decimal: ',' | '.';
  readonly magnitudes: Readonly<Record<string, number>>;
}

const notations: Readonly<Record<Locale, Notation>> = {
  en: {
    group: ',',
    decimal: '.',
    magnitudes: { thousand: 1e3, million: 1e6, billion: 1e9 },
  },
  vi: {
    group: '.',
    decimal: ',',
    magnitudes: { nghìn: 1e3, ngàn: 1e3, triệu: 1e6, tỷ: 1e9, tỉ: 1e9 },
  },
  ja: {
    group: ',',
    decimal: '.',
    magnitudes: { 千: 1e3, 万: 1e4, 億: 1e8 },
  },
};

const numerals: Readonly<Record<string, string>> = {
  zero: '0',
  two: '2',
  both: '2',
  twice: '2',
  second: '2',
  pair: '2',
  half: '2',
  three: '3',
  third: '3',
  four: '4',
  fourth: '4',
  quarter: '4',
  five: '5',
  fifth: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  tenth: '10',
  eleven: '11',
  twelve: '12',
  dozen: '12',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  sixty: '60',
  hundred: '100',
  thousand: '1000',
  million: '1000000',
};

function readingsOf(digits: string, locale: Locale): string[] {
  const readings = [notations[locale], notations.en]
    .map((notation) => read(digits, notation))
    .filter((reading) => reading !== undefined);
  // A version such as `3.10.2` is a name.
  return readings.length === 0 ? [digits] : [...new Set(readings)];
}

/** `undefined` for what is no number in a notation. */
function read(
  digits: string,
  { group, decimal }: Notation,
): string | undefined {
  const [whole = '', fraction, ...more] = digits.split(decimal);
  const groups = whole.split(group);
  const isNumber =
    more.length === 0 &&
    !fraction?.includes(group) &&
    groups.slice(1).every((part) => part.length === 3);
  if (!isNumber) return undefined;
  const integer = groups.join('').replace(/^0+(?=\d)/, '');
  return fraction === undefined ? integer : `${integer}.${fraction}`;
}

function halfWidth(text: string): string {
  return text.replaceAll(/[０-９．，]/g, (character) =>
    String.fromCodePoint((character.codePointAt(0) ?? 0) - 0xfee0),
  );
}
