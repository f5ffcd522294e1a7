import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import recorded from '../../examples/start/choosing/comparison.json';
import type {
  Comparison as Recorded,
  Situation,
} from '../../examples/start/choosing/comparison.ts';
import { outcomeTexts, situationTexts } from '../comparison/situation-texts.ts';
import '../css/comparison.css';
import { ScrollingTable } from './ScrollingTable.tsx';
import { StrategyLink } from './StrategyLink.tsx';

/** Few enough to stand side by side on a telephone. */
const groups = {
  writing: ['acknowledged', 'ten-writes', 'first-read'],
  reading: ['same-process', 'another-process', 'the-database'],
  outage: ['down-warm-read', 'down-cold-read', 'down-write'],
  crash: ['cache-dies-read', 'cache-dies-loss', 'process-dies-loss'],
} as const satisfies Readonly<Record<string, readonly Situation[]>>;

interface Props {
  /** Which situations. */
  readonly of: keyof typeof groups;
}

/** What each strategy does, as the last run of the scenarios has recorded. */
export function Comparison(props: Props): JSX.Element {
  const { strategies, situations } = recorded as Recorded;
  const shown: readonly Situation[] = groups[props.of];
  const columns = shown.flatMap((name) =>
    situations.filter(({ situation }) => situation === name),
  );
  const heads = situationTexts();
  const cells: Readonly<Record<Situation, Readonly<Record<string, string>>>> =
    outcomeTexts();
  return (
    <ScrollingTable className="comparison">
      <thead>
        <tr>
          <th scope="col">{strategyHead()}</th>
          {columns.map(({ situation }) => (
            <th key={situation} scope="col">
              {heads[situation]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {strategies.map((strategy, index) => (
          <tr key={strategy}>
            <th scope="row">
              <StrategyLink strategy={strategy} />
            </th>
            {columns.map(({ situation, outcomes }) => (
              <td key={situation}>{cells[situation][outcomes[index] ?? '']}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}

function strategyHead(): string {
  return translate({
    id: 'dirtyBit.comparison.strategy',
    message: 'Strategy',
    description:
      'Heads the column with the names in the comparison of all strategies',
  });
}
