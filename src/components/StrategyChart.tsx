import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import { BarTable, wordsFor } from './BarTable.tsx';
import type { ChartProps } from './PageChart.tsx';
import { StrategyLink } from './StrategyLink.tsx';

interface Props extends ChartProps {
  /** Of the charts of the page, by the family of their figures. */
  readonly captions: () => Readonly<Record<string, string>>;
  /** Of the columns of all these charts. */
  readonly columnNames: () => Readonly<Record<string, string>>;
}

/** A chart with a strategy a row, in the words of its page. */
export function StrategyChart(props: Props): JSX.Element {
  return (
    <BarTable
      chart={props.measured.chart}
      caption={wordsFor(props.figures, props.captions())}
      rowsHead={translate({
        id: 'dirtyBit.chart.strategy',
        message: 'Strategy',
        description: 'Heads the column with the strategies of a chart',
      })}
      nameOfRow={(strategy) => <StrategyLink strategy={strategy} />}
      columnNames={props.columnNames()}
    />
  );
}
