import Link from '@docusaurus/Link';
import { useDocsVersion } from '@docusaurus/plugin-content-docs/client';
import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import '../css/chart.css';
import type { PresentedBar, PresentedChart } from '../measured/chart.ts';
import { captions, workloadNames } from '../measured/chart-texts.ts';
import { inUnit } from '../measured/unit.ts';
import { ScrollingTable } from './ScrollingTable.tsx';

interface Props {
  /** What the names of its figures begin with. */
  readonly figures: string;
  /** From the remark plugin. */
  readonly measured: { readonly chart: PresentedChart };
}

/** Strategies compared under several workloads: a table with a bar a cell. */
export function Chart({ figures, measured }: Props): JSX.Element {
  const { columns, rows } = measured.chart;
  const workloads = workloadNames();
  return (
    <ScrollingTable className="chart">
      <caption>{nameOf(figures, captions())}</caption>
      <thead>
        <tr>
          <th scope="col">
            {translate({
              id: 'dirtyBit.chart.strategy',
              message: 'Strategy',
              description: 'Heads the column with the strategies of a chart',
            })}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col">
              {nameOf(column, workloads)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, bars }) => (
          <tr key={name}>
            <th scope="row">
              <StrategyName strategy={name} />
            </th>
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

function StrategyName({ strategy }: { strategy: string }): JSX.Element {
  const { docs } = useDocsVersion();
  const page = `strategies/${strategy}`;
  return <Link to={`/${page}/`}>{docs[page]?.title ?? strategy}</Link>;
}

/** A chart whose words nobody has written must not reach a reader. */
function nameOf(id: string, names: Readonly<Record<string, string>>): string {
  const name = names[id];
  if (name === undefined) throw new Error(`a chart has no words for "${id}"`);
  return name;
}
