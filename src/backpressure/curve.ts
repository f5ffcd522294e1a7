/** Curves of numbers that come one a second, as paths of an SVG. */

export type Series = readonly (number | undefined)[];

export interface Frame {
  /** The value at the top. */
  readonly max: number;
  readonly height: number;
}

/** `'1 - 3'`, where the second number is missing. */
export function parseSeries(text: string): Series {
  return text.split(' ').map((word) => {
    if (word === '-') return undefined;
    const value = Number(word);
    if (Number.isFinite(value)) return value;
    throw new Error(`expected numbers, got "${word}"`);
  });
}

/** A line from second to second, which is broken where a number is missing. */
export function linePath(series: Series, frame: Frame): string {
  return runsOf(series)
    .map((run) => `M${pointsOf(run, frame)}`)
    .join('');
}

/** What is below the line. */
export function areaPath(series: Series, frame: Frame): string {
  return runsOf(series)
    .map((run) => {
      const [first, last] = [run[0]?.second, run.at(-1)?.second];
      const { height } = frame;
      return `M${first} ${height}L${pointsOf(run, frame)}L${last} ${height}Z`;
    })
    .join('');
}

export function sumOf(one: Series, other: Series): Series {
  return one.map((value, index) => (value ?? 0) + (other[index] ?? 0));
}

export function maxOf(series: Series): number {
  return Math.max(0, ...series.map((value) => value ?? 0));
}

interface Point {
  readonly second: number;
  readonly value: number;
}

/** What hangs together. */
function runsOf(series: Series): Point[][] {
  const runs: Point[][] = [[]];
  for (const [second, value] of series.entries()) {
    if (value === undefined) runs.push([]);
    else runs.at(-1)?.push({ second, value });
  }
  return runs.filter((run) => run.length > 0);
}

/** Without those between two that are as high, which nobody can see. */
function pointsOf(run: readonly Point[], { max, height }: Frame): string {
  return run
    .filter(
      ({ value }, index) =>
        value !== run[index - 1]?.value || value !== run[index + 1]?.value,
    )
    .map(({ second, value }) => {
      const y = max === 0 ? height : height * (1 - value / max);
      return `${second} ${Number(y.toFixed(1))}`;
    })
    .join('L');
}
