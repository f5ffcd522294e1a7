import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import { BarTable, wordsFor } from '../components/BarTable.tsx';
import type { ChartProps } from '../components/PageChart.tsx';
import { StrategyLink } from '../components/StrategyLink.tsx';
import { captions, workloadNames } from './chart-texts.ts';

/** Strategies compared under several workloads. */
export function Chart({ figures, measured }: ChartProps): JSX.Element {
  return (
    <BarTable
      chart={measured.chart}
      caption={wordsFor(figures, captions())}
      rowsHead={translate({
        id: 'dirtyBit.chart.strategy',
        message: 'Strategy',
        description: 'Heads the column with the strategies of a chart',
      })}
      nameOfRow={(strategy) => <StrategyLink strategy={strategy} />}
      columnNames={workloadNames()}
    />
  );
}
