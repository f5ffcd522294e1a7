import type { JSX } from 'react';
import { type ChartProps, PageChart } from '../components/PageChart.tsx';
import { captions, columnNames, heads, rowNames } from './chart-texts.ts';

/** What delays, attempts and plans come to. */
export function Chart(props: ChartProps): JSX.Element {
  return <PageChart {...props} charts={charts} names={names} />;
}

function charts() {
  const { busy, atRisk, givenUp, recovery, crash, batch, rate } = captions();
  const { delay, outage, stack, plan, rows } = heads();
  return {
    busy: { caption: busy, rows: delay },
    'at-risk': { caption: atRisk, rows: delay },
    'given-up': { caption: givenUp, rows: outage },
    recovery: { caption: recovery, rows: stack },
    crash: { caption: crash, rows: plan },
    batch: { caption: batch, rows },
    rate: { caption: rate, rows },
  };
}

function names(locale: string) {
  return { ...numbers(locale), ...columnNames(), ...rowNames() };
}

/** Rows and columns that are numbers mean one thing in each chart. */
function numbers(locale: string) {
  const inDigits = (value: number) => value.toLocaleString(locale);
  return Object.fromEntries(
    [1, 5, 8, 10, 12, 20, 30, 100, 300, 1000, 3000, 10_000, 20_000].map(
      (number) => [String(number), inDigits(number)],
    ),
  );
}
