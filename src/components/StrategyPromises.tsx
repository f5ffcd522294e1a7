import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import recorded from '../../examples/start/choosing/comparison.json';
import type {
  Comparison,
  PromiseVerdict,
} from '../../examples/start/choosing/comparison.ts';
import { promiseTexts, verdictTexts } from '../comparison/promise-texts.ts';
import '../css/comparison.css';
import { ScrollingTable } from './ScrollingTable.tsx';
import { StrategyLink } from './StrategyLink.tsx';

/** Strategies that keep the same promises share a column. */
export function StrategyPromises(): JSX.Element {
  const { promises } = recorded as Comparison;
  const names = promiseTexts();
  const groups = likeMinded();
  return (
    <ScrollingTable className="comparison comparison--promises">
      <thead>
        <tr>
          <th scope="col">{promiseHead()}</th>
          {groups.map((strategies) => (
            <th key={strategies.join()} scope="col">
              <ul>
                {strategies.map((strategy) => (
                  <li key={strategy}>
                    <StrategyLink strategy={strategy} />
                  </li>
                ))}
              </ul>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {promises.map(({ promise }) => (
          <tr key={promise}>
            <th scope="row">
              {promise} {names[promise]}
            </th>
            {groups.map((strategies) => (
              <td key={strategies.join()}>
                <Verdict verdict={verdictOn(strategies, promise)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}

function Verdict({
  verdict,
}: {
  verdict: PromiseVerdict | undefined;
}): JSX.Element | null {
  if (verdict === undefined) return null;
  const isJudged = verdict === 'kept' || verdict === 'broken';
  return (
    <span className={`comparison__${isJudged ? verdict : 'reason'}`}>
      {verdictTexts()[verdict]}
    </span>
  );
}

function likeMinded(): readonly (readonly string[])[] {
  const { strategies, promises } = recorded as Comparison;
  const groups = new Map<string, string[]>();
  for (const [index, strategy] of strategies.entries()) {
    const verdicts = promises.map(({ verdicts }) => verdicts[index]).join();
    groups.set(verdicts, [...(groups.get(verdicts) ?? []), strategy]);
  }
  return [...groups.values()];
}

function verdictOn(
  [strategy = '']: readonly string[],
  promise: string,
): PromiseVerdict | undefined {
  const { strategies, promises } = recorded as Comparison;
  const row = promises.find((row) => row.promise === promise);
  return row?.verdicts[strategies.indexOf(strategy)];
}

function promiseHead(): string {
  return translate({
    id: 'dirtyBit.comparison.promise',
    message: 'Promise',
    description:
      'Heads the column with the promises in the comparison of all strategies',
  });
}
