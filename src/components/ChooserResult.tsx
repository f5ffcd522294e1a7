import Link from '@docusaurus/Link';
import Translate, { translate } from '@docusaurus/Translate';
import type { JSX, PropsWithChildren, ReactNode } from 'react';
import type {
  Finding,
  Judgement,
  Recommendation,
} from '../../examples/start/choosing/choose.ts';
import {
  type Answers,
  answersGiven,
  type Strategy,
} from '../../examples/start/choosing/verdicts.ts';
import { answerTexts } from '../chooser/question-texts.ts';
import { reasonAddresses, reasonTexts } from '../chooser/reason-texts.ts';
import {
  companionTexts,
  strategyAddresses,
  strategyNames,
  strategyPrices,
} from '../chooser/strategy-texts.ts';

/** What the answers lead to, with all reasons. */
export function ChooserResult({
  answers,
  recommendation,
}: {
  answers: Answers;
  recommendation: Recommendation;
}): JSX.Element {
  const hasBegun = answersGiven(answers).length > 0;
  return (
    <>
      <div id="chooser-result" className="chooser__result">
        {hasBegun ? (
          <Recommended recommendation={recommendation} />
        ) : (
          <NothingYet recommendation={recommendation} />
        )}
      </div>
      <details className="chooser__others">
        <summary>
          <Translate
            id="dirtyBit.chooser.others"
            description="Unfolds what the answers say about the other strategies"
          >
            What the answers say about the others
          </Translate>
        </summary>
        {recommendation.others.map((other) => (
          <Other key={other.strategy} judgement={other} />
        ))}
      </details>
    </>
  );
}

function NothingYet({
  recommendation,
}: {
  recommendation: Recommendation;
}): JSX.Element {
  const prices = strategyPrices();
  return (
    <>
      <p>
        <Translate
          id="dirtyBit.chooser.nothingYet"
          description="The chooser, before the first answer"
        >
          Answer in any order. So far nothing is ruled out:
        </Translate>
      </p>
      <ul>
        {[recommendation, ...recommendation.others].map(({ strategy }) => (
          <li key={strategy}>
            <StrategyName strategy={strategy} />{' '}
            <span className="chooser__aside">{prices[strategy]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Recommended({
  recommendation,
}: {
  recommendation: Recommendation;
}): JSX.Element {
  const { equals, others } = recommendation;
  const possible = others
    .filter((other) => other.ruledOut.length === 0)
    .filter((other) => !equals.includes(other));
  return (
    <>
      {equals.length > 0 && <Contradictions recommendation={recommendation} />}
      <p className="chooser__verdict">{verdictOn(recommendation)}</p>
      {equals.length > 0 ? (
        <Equals recommendation={recommendation} />
      ) : (
        <Best recommendation={recommendation} />
      )}
      <Part title={titles().possible}>
        {possible.map((other) => (
          <li key={other.strategy}>
            <StrategyName strategy={other.strategy} />
          </li>
        ))}
      </Part>
    </>
  );
}

/** The one for which most speaks. */
function Best({
  recommendation,
}: {
  recommendation: Recommendation;
}): JSX.Element {
  const { strategy, suits, costs, ruledOut } = recommendation;
  return (
    <>
      <p className="chooser__strategy">
        <StrategyName strategy={strategy} />
      </p>
      <Contradictions recommendation={recommendation} />
      <Part title={titles().suits}>{findingItems(suits)}</Part>
      <Part title={titles().costs}>
        {findingItems([...ruledOut, ...costs])}
        <li>{strategyPrices()[strategy]}</li>
      </Part>
      <Companions recommendation={recommendation} />
    </>
  );
}

/** Those for which as much speaks; none of them has won. */
function Equals({
  recommendation,
}: {
  recommendation: Recommendation;
}): JSX.Element {
  return (
    <>
      {[recommendation, ...recommendation.equals].map((equal) => (
        <Other key={equal.strategy} judgement={equal} />
      ))}
    </>
  );
}

function verdictOn(recommendation: Recommendation): string {
  return recommendation.equals.length > 0
    ? verdictOnEquals(recommendation)
    : verdictOnBest(recommendation);
}

function verdictOnEquals({ contradictions, isSettled }: Recommendation) {
  if (contradictions.length > 0) {
    return translate({
      id: 'dirtyBit.chooser.equal.contradiction',
      message: 'No strategy fits all of these answers. Equally near are',
      description: 'Above the names of strategies, in the chooser',
    });
  }
  return isSettled
    ? translate({
        id: 'dirtyBit.chooser.equal.settled',
        message: 'Your answers fit these equally well',
        description: 'Above the names of strategies, in the chooser',
      })
    : translate({
        id: 'dirtyBit.chooser.equal.open',
        message: 'So far, with questions still open, these fit equally well',
        description: 'Above the names of strategies, in the chooser',
      });
}

function verdictOnBest({ contradictions, isSettled }: Recommendation): string {
  if (contradictions.length > 0) {
    return translate({
      id: 'dirtyBit.chooser.contradiction',
      message: 'No strategy fits all of these answers. The nearest is',
      description: 'Above the name of a strategy, in the chooser',
    });
  }
  return isSettled
    ? translate({
        id: 'dirtyBit.chooser.settled',
        message: 'Your answers lead to',
        description: 'Above the name of a strategy, in the chooser',
      })
    : translate({
        id: 'dirtyBit.chooser.open',
        message: 'So far, with questions still open, your answers lean towards',
        description: 'Above the name of a strategy, in the chooser',
      });
}

function titles() {
  return {
    suits: translate({
      id: 'dirtyBit.chooser.suits',
      message: 'What speaks for it',
      description: 'Above the reasons for a strategy, in the chooser',
    }),
    costs: translate({
      id: 'dirtyBit.chooser.costs',
      message: 'What speaks against it',
      description: 'Above the reasons against a strategy, in the chooser',
    }),
    companions: translate({
      id: 'dirtyBit.chooser.companions',
      message: 'What goes with it',
      description: 'Above what accompanies a strategy, in the chooser',
    }),
    possible: translate({
      id: 'dirtyBit.chooser.possible',
      message: 'Also possible, the better ones first',
      description: 'Above the other strategies, in the chooser',
    }),
  };
}

function Contradictions({
  recommendation,
}: {
  recommendation: Recommendation;
}): JSX.Element | null {
  const { contradictions } = recommendation;
  if (contradictions.length === 0) return null;
  const texts = answerTexts();
  return (
    <>
      <Part title={exclusion()}>
        {contradictions.map(([one, other]) => (
          <li key={`${one} ${other}`}>
            {texts[one]} ↔ {texts[other]}
          </li>
        ))}
      </Part>
      <p>
        <Translate
          id="dirtyBit.chooser.divide"
          description="In the chooser, below answers that contradict each other"
        >
          Give up one of each pair, or divide the data: often one part needs the
          one, and another part the other.
        </Translate>
      </p>
    </>
  );
}

function exclusion(): string {
  return translate({
    id: 'dirtyBit.chooser.exclusion',
    message: 'These answers exclude each other',
    description: 'Above pairs of answers, in the chooser',
  });
}

/** All of them are kinds of one thing, which has a page. */
function Companions({
  recommendation,
}: {
  recommendation: Recommendation;
}): JSX.Element {
  const texts = companionTexts();
  return (
    <Part title={titles().companions}>
      {recommendation.companions.map((companion) => (
        <li key={companion}>
          <Link to="/strategies/cache-invalidation/">{texts[companion]}</Link>
        </li>
      ))}
    </Part>
  );
}

function Other({ judgement }: { judgement: Judgement }): JSX.Element {
  const { strategy, suits, costs, ruledOut } = judgement;
  return (
    <>
      <p className="chooser__title">
        <StrategyName strategy={strategy} />
      </p>
      <ul>
        {findingItems(ruledOut.length > 0 ? ruledOut : [...suits, ...costs])}
        <li>{strategyPrices()[strategy]}</li>
      </ul>
    </>
  );
}

/** A list with a title; nothing at all where it would be empty. */
function Part({
  title,
  children,
}: PropsWithChildren<{ title: string }>): JSX.Element | null {
  if (Array.isArray(children) && children.length === 0) return null;
  return (
    <>
      <p className="chooser__title">{title}</p>
      <ul>{children}</ul>
    </>
  );
}

function findingItems(findings: readonly Finding[]): ReactNode[] {
  const reasons = reasonTexts();
  const answers = answerTexts();
  return findings.map(({ because, answer }) => (
    <li key={because}>
      <Linked to={reasonAddresses[because]}>{reasons[because]}</Linked>{' '}
      <span className="chooser__aside">{answers[answer]}</span>
    </li>
  ));
}

function StrategyName({ strategy }: { strategy: Strategy }): JSX.Element {
  const name = strategyNames()[strategy];
  return <Linked to={strategyAddresses[strategy]}>{name}</Linked>;
}

/** Not everything has a place where it is told at length. */
function Linked({
  to,
  children,
}: PropsWithChildren<{ to: string | undefined }>): JSX.Element {
  return to === undefined ? (
    <span>{children}</span>
  ) : (
    <Link to={to}>{children}</Link>
  );
}
