import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { JSX, ReactNode } from 'react';
import timelines from '../../examples/bench/backpressure/timelines.json';
import { wordsFor } from '../components/BarTable.tsx';
import { ScrollingTable } from '../components/ScrollingTable.tsx';
import '../css/chart.css';
import { areaPath, linePath, maxOf, parseSeries, sumOf } from './curve.ts';
import {
  policyHead,
  policyNames,
  timelineNames,
  timelinesCaption,
} from './texts.ts';
import './timelines.css';

const height = 50;
const seconds = 120;
/** In seconds from the begin. */
const stall = { begin: 10, length: 60 };

const policies = Object.entries(timelines).map(([name, recorded]) => {
  const pending = parseSeries(recorded.pending);
  const waiting = parseSeries(recorded.waiting);
  return {
    ...{ name, pending, waiting, inMemory: sumOf(pending, waiting) },
    p50: parseSeries(recorded.p50),
    p99: parseSeries(recorded.p99),
    refused: parseSeries(recorded.refused),
  };
});

/** One a column, so that the policies can be compared. */
const frames = {
  memory: frameOf('inMemory'),
  time: frameOf('p99'),
  refused: frameOf('refused'),
};

/** What a stall does, second by second, under each policy. */
export function Timelines(): JSX.Element {
  const { currentLocale } = useDocusaurusContext().i18n;
  const names = policyNames();
  const is = timelineNames();
  const inDigits = (value: number) => value.toLocaleString(currentLocale);
  return (
    <ScrollingTable className="chart timelines">
      <caption>{timelinesCaption()}</caption>
      <thead>
        <tr>
          <th scope="col">{policyHead()}</th>
          <th scope="col">
            <Key of="pending">{is.pending}</Key> +{' '}
            <Key of="waiting">{is.waiting}</Key>
          </th>
          <th scope="col">
            <Key of="p50">{is.p50}</Key> / <Key of="p99">{is.p99}</Key>
          </th>
          <th scope="col">
            <Key of="refused">{is.refused}</Key>
          </th>
        </tr>
      </thead>
      <tbody>
        {policies.map(({ name, ...series }) => (
          <tr key={name}>
            <th scope="row">{wordsFor(name, names)}</th>
            <td>
              {inDigits(maxOf(series.pending))} +{' '}
              {inDigits(maxOf(series.waiting))}
              <Curve>
                <Area
                  of="waiting"
                  d={areaPath(series.inMemory, frames.memory)}
                />
                <Area
                  of="pending"
                  d={areaPath(series.pending, frames.memory)}
                />
              </Curve>
            </td>
            <td>
              {inDigits(maxOf(series.p50))} / {inDigits(maxOf(series.p99))} ms
              <Curve>
                <Line of="p99" d={linePath(series.p99, frames.time)} />
                <Line of="p50" d={linePath(series.p50, frames.time)} />
              </Curve>
            </td>
            <td>
              {inDigits(maxOf(series.refused))}
              <Curve>
                <Area
                  of="refused"
                  d={areaPath(series.refused, frames.refused)}
                />
              </Curve>
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}

function frameOf(series: 'inMemory' | 'p99' | 'refused') {
  const max = Math.max(...policies.map((policy) => maxOf(policy[series])));
  return { max, height };
}

/** The most is in words beside it; its course is for the eye alone. */
function Curve({ children }: { children: ReactNode }): JSX.Element {
  return (
    <svg
      className="timelines__curve"
      viewBox={`0 -1 ${seconds - 1} ${height + 2}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect
        className="timelines__stall"
        x={stall.begin - 1}
        y={-1}
        width={stall.length}
        height={height + 2}
      />
      {children}
    </svg>
  );
}

interface Drawn {
  readonly of: string;
  readonly d: string;
}

function Area({ of, d }: Drawn): JSX.Element {
  return <path className={`timelines__area timelines__${of}`} d={d} />;
}

function Line({ of, d }: Drawn): JSX.Element {
  return <path className={`timelines__line timelines__${of}`} d={d} />;
}

function Key({ of, children }: { of: string; children: string }): JSX.Element {
  return <span className={`timelines__key timelines__${of}`}>{children}</span>;
}
