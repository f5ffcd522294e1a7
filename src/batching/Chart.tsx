import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { JSX } from 'react';
import { BarTable, wordsFor } from '../components/BarTable.tsx';
import type { PresentedChart } from '../measured/chart.ts';
import { chartTexts, names } from './chart-texts.ts';

interface Props {
  /** What the names of its figures begin with. */
  readonly figures: string;
  /** From the remark plugin. */
  readonly measured: { readonly chart: PresentedChart };
}

/** What the size of a batch is worth. */
export function Chart({ figures, measured }: Props): JSX.Element {
  const { i18n } = useDocusaurusContext();
  const { caption, rows } = wordsFor(figures, chartTexts());
  const known = names(i18n.currentLocale);
  return (
    <BarTable
      chart={measured.chart}
      caption={caption}
      rowsHead={rows}
      nameOfRow={(name) => wordsFor(name, known)}
      columnNames={known}
    />
  );
}
