/** Figures and their conditions as readers of a language write them. */
import {
  type FigureResult,
  meetsAim,
  type SimulatedFigure,
  type Unit,
} from '../../examples/bench/harness/figure.ts';
import type { Results } from '../../examples/bench/harness/results.ts';

/** All values are ready to be shown. */
export interface PresentedFigure {
  readonly value: string;
  readonly unit: Unit;
  /** Absent where all rounds would be the same. */
  readonly rounds?: PresentedRounds;
  /** Absent where there is none. */
  readonly aim?: PresentedAim;
}

export interface PresentedRounds {
  readonly from: string;
  readonly to: string;
  readonly rounds: string;
}

export interface PresentedAim {
  readonly is: 'atMost' | 'atLeast';
  readonly value: string;
  readonly isMet: boolean;
}

export interface PresentedConditions {
  readonly date: string;
  readonly processor: string;
  readonly cores: string;
  readonly memoryGB: string;
  readonly os: string;
  /** Its version, and those of the servers that were measured. */
  readonly node: string;
}

export function presentFigure(
  figure: FigureResult | SimulatedFigure,
  locale: string,
): PresentedFigure {
  const { value, unit, aim } = figure;
  const number = (value: number) =>
    value.toLocaleString(locale, {
      maximumSignificantDigits: digitsOf[unit],
      ...(unit === 'share' && { style: 'percent' }),
    });
  const shown = {
    value: number(value),
    unit,
    ...(aim && {
      aim: {
        ...('atMost' in aim
          ? { is: 'atMost' as const, value: number(aim.atMost) }
          : { is: 'atLeast' as const, value: number(aim.atLeast) }),
        isMet: meetsAim(figure) === true,
      },
    }),
  };
  if (!('spread' in figure)) return shown;
  const { spread, rounds } = figure;
  return {
    ...shown,
    rounds: {
      from: number(spread.from),
      to: number(spread.to),
      rounds: rounds.toLocaleString(locale),
    },
  };
}

/** More would be noise: a ratio of times differs from run to run. */
const digitsOf: Readonly<Record<Unit, number>> = {
  ratio: 2,
  bytes: 3,
  milliseconds: 3,
  share: 3,
  count: 2,
};

/** Undefined where they are the same everywhere. */
export function presentConditions(
  results: Results,
  locale: string,
): PresentedConditions | undefined {
  if (results.isSimulated) return undefined;
  const { date, machine, os, node, servers = {} } = results;
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
    node: [
      node,
      ...Object.entries(servers).map(([name, version]) => `${name} ${version}`),
    ].join(', '),
  };
}

/** English dates begin with the month in America only. */
function dateLocale(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale;
}
