import type { JSX } from 'react';
import { BarTable, wordsFor } from '../components/BarTable.tsx';
import type { PresentedChart } from '../measured/chart.ts';
import { policyHead, policyNames, totalNames, totalsCaption } from './texts.ts';

interface Props {
  /** From the remark plugin. */
  readonly measured: { readonly chart: PresentedChart };
}

/** What a stall comes to, by what a full queue does. */
export function Chart({ measured }: Props): JSX.Element {
  const names = policyNames();
  return (
    <BarTable
      chart={measured.chart}
      caption={totalsCaption()}
      rowsHead={policyHead()}
      nameOfRow={(name) => wordsFor(name, names)}
      columnNames={totalNames()}
    />
  );
}
