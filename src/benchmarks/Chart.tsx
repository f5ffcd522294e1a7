import type { JSX } from 'react';
import { Chart as BackpressureChart } from '../backpressure/Chart.tsx';
import { Chart as BatchingChart } from '../batching/Chart.tsx';
import { Chart as CoalescingChart } from '../coalescing/Chart.tsx';
import { wordsFor } from '../components/BarTable.tsx';
import type { ChartProps } from '../components/PageChart.tsx';
import { Chart as DurableQueueChart } from '../durable-queue/Chart.tsx';
import { Chart as MemoryChart } from '../memory/Chart.tsx';
import { Chart as NestjsChart } from '../nestjs/Chart.tsx';
import { Chart as RetriesChart } from '../retries-and-dead-letters/Chart.tsx';
import { Chart as StrategiesChart } from '../strategies/Chart.tsx';
import { Chart as TuningChart } from '../tuning/Chart.tsx';

interface Props extends ChartProps {
  /** The benchmark. */
  readonly of: string;
}

const charts: Readonly<Record<string, (props: ChartProps) => JSX.Element>> = {
  backpressure: BackpressureChart,
  batching: BatchingChart,
  coalescing: CoalescingChart,
  'durable-queue': DurableQueueChart,
  memory: MemoryChart,
  nestjs: NestjsChart,
  'retries-and-dead-letters': RetriesChart,
  strategies: StrategiesChart,
  tuning: TuningChart,
  'tuning-postgres': TuningChart,
};

/** A chart of any benchmark, in the words of the page that it is from. */
export function Chart({ of, ...props }: Props): JSX.Element {
  const ChartOfPage = wordsFor(of, charts);
  return <ChartOfPage {...props} />;
}
