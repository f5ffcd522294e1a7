import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { JSX } from 'react';
import type { PresentedChart } from '../measured/chart.ts';
import { BarTable, wordsFor } from './BarTable.tsx';

/** Of a `<Chart>` on a page. */
export interface ChartProps {
  /** What the names of its figures begin with. */
  readonly figures: string;
  /** From the remark plugin. */
  readonly measured: { readonly chart: PresentedChart };
}

interface ChartTitle {
  readonly caption: string;
  /** Heads the column with the names of the rows. */
  readonly rows: string;
}

interface Props extends ChartProps {
  /** Of the charts of the page, by the family of their figures. */
  readonly charts: () => Readonly<Record<string, ChartTitle>>;
  /** Of the rows and columns of all these charts. */
  readonly names: (locale: string) => Readonly<Record<string, string>>;
}

/** A chart in the words of its page, which no other page loads. */
export function PageChart(props: Props): JSX.Element {
  const { currentLocale } = useDocusaurusContext().i18n;
  const names = props.names(currentLocale);
  const { caption, rows } = wordsFor(props.figures, props.charts());
  return (
    <BarTable
      chart={props.measured.chart}
      caption={caption}
      rowsHead={rows}
      nameOfRow={(name) => wordsFor(name, names)}
      columnNames={names}
    />
  );
}
