/** Figures and their conditions as readers of a language write them. */
import type { FigureResult } from '../../examples/bench/harness/figure.ts';
import type { Results } from '../../examples/bench/harness/results.ts';

/** All values are ready to be shown. */
export interface PresentedFigure {
  readonly value: string;
  readonly unit: FigureResult['unit'];
  readonly from: string;
  readonly to: string;
  readonly rounds: string;
}

export interface PresentedConditions {
  readonly date: string;
  readonly processor: string;
  readonly cores: string;
  readonly memoryGB: string;
  readonly os: string;
  readonly node: string;
}

export function presentFigure(
  { value, unit, spread, rounds }: FigureResult,
  locale: string,
): PresentedFigure {
  const digits = digitsOf[unit];
  const number = (value: number) =>
    value.toLocaleString(locale, { maximumSignificantDigits: digits });
  return {
    value: number(value),
    unit,
    from: number(spread.from),
    to: number(spread.to),
    rounds: rounds.toLocaleString(locale),
  };
}

/** More would be noise: a ratio of times differs from run to run. */
const digitsOf = { ratio: 2, bytes: 3 } as const;

export function presentConditions(
  { date, machine, os, node }: Omit<Results, 'figures'>,
  locale: string,
): PresentedConditions {
  const { processor, cores, memoryGB } = machine;
  return {
    date: new Date(date).toLocaleDateString(dateLocale(locale), {
      dateStyle: 'long',
      timeZone: 'UTC',
    }),
    processor,
    cores: cores.toLocaleString(locale),
    memoryGB: memoryGB.toLocaleString(locale),
    os,
    node,
  };
}

/** English dates begin with the month in America only. */
function dateLocale(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale;
}
