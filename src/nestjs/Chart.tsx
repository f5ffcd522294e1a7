import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import type { ChartProps } from '../components/PageChart.tsx';
import { StrategyChart } from '../components/StrategyChart.tsx';

/** What the strategies do to the requests of an application. */
export function Chart(props: ChartProps): JSX.Element {
  return (
    <StrategyChart {...props} captions={captions} columnNames={columnNames} />
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

function columnNames() {
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
