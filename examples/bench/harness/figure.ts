import { median, type Spread, spread } from './statistics.ts';

/** A number that a page can show. */
export interface Figure {
  /** What it measures, as the rest of a sentence. */
  readonly is: string;
  readonly unit: Unit;
  readonly aim?: Aim;
  /** What `subject` and `baseline` count, where it compares two. */
  readonly compares?: 'nanoseconds' | 'times';
}

export type Unit = 'ratio' | 'bytes' | 'milliseconds' | 'share' | 'count';

export type Aim = { readonly atMost: number } | { readonly atLeast: number };

/** What a figure was in one round. */
export interface Sample {
  readonly value: number;
  readonly subject?: number;
  readonly baseline?: number;
}

/** What a figure came to, as it is written down. */
export interface FigureResult extends Figure {
  /** The median of the rounds. */
  readonly value: number;
  /** Where the middle half of the rounds is. */
  readonly spread: Spread;
  readonly rounds: number;
  /** Medians of their own: their ratio is not quite the value. */
  readonly subject?: number;
  readonly baseline?: number;
}

/** What a figure came to that is the same whenever it is asked for. */
export interface SimulatedFigure extends Figure {
  readonly value: number;
}

/** How many times the baseline's cost the subject has. */
export function costRatio(subject: number, baseline: number): Sample {
  return { value: subject / baseline, subject, baseline };
}

/** What share of the baseline's rate the subject keeps, by their costs. */
export function rateRatio(subject: number, baseline: number): Sample {
  return { value: baseline / subject, subject, baseline };
}

export function resultOf(
  figure: Figure,
  samples: readonly Sample[],
): FigureResult {
  const values = samples.map(({ value }) => value);
  const subjects = samples.flatMap(({ subject }) => subject ?? []);
  const baselines = samples.flatMap(({ baseline }) => baseline ?? []);
  const { from, to } = spread(values);
  return {
    ...figure,
    value: rounded(median(values)),
    spread: { from: rounded(from), to: rounded(to) },
    rounds: samples.length,
    ...(subjects.length > 0 && { subject: rounded(median(subjects)) }),
    ...(baselines.length > 0 && { baseline: rounded(median(baselines)) }),
  };
}

export function simulatedFigure(
  figure: Figure,
  samples: readonly Sample[],
): SimulatedFigure {
  const [sample, ...others] = samples;
  if (sample === undefined || others.length > 0) {
    throw new RangeError(`expected one sample, got ${samples.length}`);
  }
  return { ...figure, value: rounded(sample.value) };
}

/** `undefined` for a figure that has no aim. */
export function meetsAim({ value, aim }: SimulatedFigure): boolean | undefined {
  if (aim === undefined) return undefined;
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast;
}

/** To what a measurement can say at best, and a simulation needs to. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
