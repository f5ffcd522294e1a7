import Translate, { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import type { Recommendation } from '../../examples/start/choosing/choose.ts';
import {
  type Answers,
  answersGiven,
} from '../../examples/start/choosing/verdicts.ts';
import { strategyNames } from '../chooser/strategy-texts.ts';

interface Props {
  readonly answers: Answers;
  readonly recommendation: Recommendation;
}

/** The result in a line, said aloud whenever it changes. */
export function ChooserStatus({ answers, recommendation }: Props): JSX.Element {
  const hasBegun = answersGiven(answers).length > 0;
  return (
    <div className="chooser__status">
      <p role="status">{hasBegun ? statusOf(recommendation) : nothingYet()}</p>
      <a href="#chooser-result">
        <Translate
          id="dirtyBit.chooser.status.details"
          description="The link from the result of the chooser, in a line, to all of it"
        >
          Reasons
        </Translate>
      </a>
    </div>
  );
}

function statusOf({
  strategy,
  contradictions,
  equals,
  isSettled,
}: Recommendation): string {
  if (contradictions.length > 0) {
    const count = String(new Set(contradictions.flat()).size);
    return translate(
      {
        id: 'dirtyBit.chooser.status.contradiction',
        message: '{count} answers exclude each other',
        description: 'The result of the chooser in a line; two or more answers',
      },
      { count },
    );
  }
  if (equals.length > 0) {
    return translate(
      {
        id: 'dirtyBit.chooser.status.equal',
        message: '{count} strategies fit equally well',
        description: 'The result of the chooser in a line; two or more of them',
      },
      { count: String(equals.length + 1) },
    );
  }
  const name = strategyNames()[strategy];
  return isSettled
    ? translate(
        {
          id: 'dirtyBit.chooser.status.settled',
          message: 'Recommended: {strategy}',
          description: 'The result of the chooser in a line',
        },
        { strategy: name },
      )
    : translate(
        {
          id: 'dirtyBit.chooser.status.open',
          message: 'Leaning towards: {strategy}',
          description: 'The result of the chooser in a line',
        },
        { strategy: name },
      );
}

function nothingYet(): string {
  return translate({
    id: 'dirtyBit.chooser.status.nothingYet',
    message: 'Nothing is ruled out so far',
    description: 'The result of the chooser in a line, before the first answer',
  });
}
