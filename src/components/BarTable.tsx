import type { JSX, ReactNode } from 'react';
import '../css/chart.css';
import type { PresentedBar, PresentedChart } from '../measured/chart.ts';
import { inUnit } from '../measured/unit.ts';
import { ScrollingTable } from './ScrollingTable.tsx';

interface Props {
  readonly chart: PresentedChart;
  readonly caption: string;
  /** Heads the column with the names of the rows. */
  readonly rowsHead: string;
  readonly nameOfRow: (name: string) => ReactNode;
  readonly columnNames: Readonly<Record<string, string>>;
}

/** A table with a bar a cell: chart and table in one. */
export function BarTable(props: Props): JSX.Element {
  const { chart, caption, rowsHead, nameOfRow, columnNames } = props;
  const { columns, rows } = chart;
  return (
    <ScrollingTable className="chart">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{rowsHead}</th>
          {columns.map((column) => (
            <th key={column} scope="col">
              {wordsFor(column, columnNames)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, bars }) => (
          <tr key={name}>
            <th scope="row">{nameOfRow(name)}</th>
            {bars.map((bar, index) => (
              <Bar key={columns[index]} bar={bar} />
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}

/** The number says it all: the bar is for the eye alone. */
function Bar({ bar }: { bar: PresentedBar }): JSX.Element {
  return (
    <td>
      {inUnit(bar)}
      <span
        className="chart__bar"
        style={{ inlineSize: `${bar.length}%` }}
        aria-hidden="true"
      />
    </td>
  );
}

/** A chart whose words nobody has written must not reach a reader. */
export function wordsFor<T>(id: string, words: Readonly<Record<string, T>>): T {
  const found = words[id];
  if (found === undefined) throw new Error(`a chart has no words for "${id}"`);
  return found;
}
