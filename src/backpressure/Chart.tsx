import type { JSX } from 'react';
import { type ChartProps, PageChart } from '../components/PageChart.tsx';
import { policyHead, policyNames, totalNames, totalsCaption } from './texts.ts';

/** What a stall comes to, by what a full queue does. */
export function Chart(props: ChartProps): JSX.Element {
  return <PageChart {...props} charts={charts} names={names} />;
}

function charts() {
  return { totals: { caption: totalsCaption(), rows: policyHead() } };
}

function names() {
  return { ...policyNames(), ...totalNames() };
}
