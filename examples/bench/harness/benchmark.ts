import type { Figure, Sample } from './figure.ts';
import type { RoundOptions } from './rounds.ts';

/** What a file of this folder exports under the name `benchmark`. */
export interface Benchmark {
  /** What all of its figures have in common, for whoever doubts them. */
  readonly conditions: string;
  /** Commands that it runs. Where one is missing, it is skipped by that name. */
  readonly needs?: readonly string[];
  /**
   * In virtual time, all figures are the same on every machine: they need one
   * run, and a test compares what is recorded with what comes out now.
   */
  readonly isSimulated?: true;
  readonly parts: readonly Part[];
  readonly derived: Readonly<Record<string, DerivedFigure>>;
}

/**
 * Figures that come from the same rounds, in a process of their own: the engine
 * adapts to all that a process does, and a big cache slows a small one down.
 */
export interface Part {
  readonly figures: Readonly<Record<string, Figure>>;
  measure(scale: Scale): Promise<Samples>;
}

/** One that comes from the figures of several parts. */
export interface DerivedFigure {
  readonly figure: Figure;
  derive(samples: Samples): readonly Sample[];
}

export interface Scale extends RoundOptions {
  /** What the numbers of keys are multiplied by: 1, or less to try it out. */
  readonly size: number;
}

/** Of each figure, by its name, round by round. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

export const fullScale: Scale = { rounds: 11, warmUps: 3, size: 1 };

/** Shows that a benchmark runs; its figures mean nothing. */
export const trialScale: Scale = {
  rounds: 1,
  warmUps: 0,
  size: 0.001,
  settle: async () => {},
};

export function scaled(count: number, { size }: Scale): number {
  return Math.ceil(count * size);
}

export function figuresOf({
  parts,
  derived,
}: Benchmark): Readonly<Record<string, Figure>> {
  const measured = parts.flatMap(({ figures }) => Object.entries(figures));
  const others = Object.entries(derived).map(([name, { figure }]) => [
    name,
    figure,
  ]);
  return Object.fromEntries([...measured, ...others]);
}

/** The same rounds, as each figure reads them. */
export function samplesFrom<Round>(
  rounds: readonly Round[],
  readings: Readonly<Record<string, (round: Round) => Sample>>,
): Samples {
  return Object.fromEntries(
    Object.entries(readings).map(([name, read]) => [name, rounds.map(read)]),
  );
}
