import type { JSX } from 'react';
import type { ChartProps } from '../components/PageChart.tsx';
import { StrategyChart } from '../components/StrategyChart.tsx';
import { captions, workloadNames } from './chart-texts.ts';

/** Strategies compared under several workloads. */
export function Chart(props: ChartProps): JSX.Element {
  return (
    <StrategyChart {...props} captions={captions} columnNames={workloadNames} />
  );
}
