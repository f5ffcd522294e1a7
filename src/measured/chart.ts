/**
 * Figures whose names are `family/column/row`, such as
 * `hit-rate/bursty/write-behind`: a family of them is a chart.
 */
import type { Results } from '../../examples/bench/harness/results.ts';
import { type PresentedFigure, presentFigure } from './present.ts';
import { findFigure, unknown } from './results.ts';

export interface PresentedChart {
  readonly columns: readonly string[];
  readonly rows: readonly PresentedRow[];
}

export interface PresentedRow {
  readonly name: string;
  /** One a column. */
  readonly bars: readonly PresentedBar[];
}

export interface PresentedBar extends PresentedFigure {
  /** In percent of the longest one that its column can have. */
  readonly length: number;
}

export function presentChart(
  results: Results,
  family: string,
  locale: string,
): PresentedChart {
  const names = Object.keys(results.figures).map((name) => name.split('/'));
  const members = names.filter(([first]) => first === family);
  const columns = distinct(members.map(([, column = '']) => column));
  const rows = distinct(members.map(([, , row = '']) => row));
  if (rows.length === 0 || rows.includes('')) {
    const families = distinct(
      names.flatMap(([first = '', , row]) => (row === undefined ? [] : first)),
    );
    throw new Error(unknown('family', family, families));
  }
  const find = (column: string, row: string) =>
    findFigure(results, `${family}/${column}/${row}`);
  const longest = new Map(
    columns.map((column) => [
      column,
      Math.max(...rows.map((row) => fullLength(find(column, row)))),
    ]),
  );
  return {
    columns,
    rows: rows.map((name) => ({
      name,
      bars: columns.map((column) => {
        const figure = find(column, name);
        const share = figure.value / (longest.get(column) || 1);
        return {
          ...presentFigure(figure, locale),
          length: Number((100 * share).toFixed(1)),
        };
      }),
    })),
  };
}

/** A share is one of the whole; other bars are compared with each other. */
function fullLength({ unit, value }: ReturnType<typeof findFigure>): number {
  return unit === 'share' ? 1 : value;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
