import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import { BarTable, wordsFor } from '../components/BarTable.tsx';
import type { ChartProps } from '../components/PageChart.tsx';
import { StrategyLink } from '../components/StrategyLink.tsx';

/** What the strategies do to the requests of an application. */
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
      columnNames={columns()}
    />
  );
}

function captions() {
  return {
    put: translate({
      id: 'dirtyBit.nestjs.put',
      message: 'PUT, by 32 clients at once',
      description: 'Title of a chart about a load test',
    }),
    get: translate({
      id: 'dirtyBit.nestjs.get',
      message: 'GET of what is cached, by 32 clients at once',
      description: 'Title of a chart about a load test',
    }),
  };
}

function columns() {
  return {
    rate: translate({
      id: 'dirtyBit.nestjs.rate',
      message: 'Requests a second',
      description: 'Heads a column of a load test',
    }),
    p50: translate({
      id: 'dirtyBit.nestjs.p50',
      message: 'Latency, median',
      description: 'Heads a column of a load test',
    }),
    p99: translate({
      id: 'dirtyBit.nestjs.p99',
      message: 'Latency, 99th percentile',
      description: 'Heads a column of a load test',
    }),
  };
}
