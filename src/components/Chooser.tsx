import Translate from '@docusaurus/Translate';
import type { JSX } from 'react';
import {
  choose,
  type Recommendation,
} from '../../examples/start/choosing/choose.ts';
import {
  type Answers,
  type Question,
  questionNames,
} from '../../examples/start/choosing/verdicts.ts';
import { useAnswers } from '../chooser/use-answers.ts';
import '../css/chooser.css';
import { ChooserQuestion } from './ChooserQuestion.tsx';
import { ChooserResult } from './ChooserResult.tsx';
import { ChooserStatus } from './ChooserStatus.tsx';

/**
 * A few questions, and the strategy that their answers lead to. Without
 * JavaScript it leads to the table of the page, whose heading is `comparison`.
 */
export function Chooser(): JSX.Element {
  const [answers, setAnswers] = useAnswers();
  const recommendation = choose(answers);
  return (
    <div className="chooser">
      <WithoutScripts />
      <div className="chooser__works">
        <Questions
          answers={answers}
          contradictions={recommendation.contradictions}
          onChange={setAnswers}
        />
        <ChooserStatus answers={answers} recommendation={recommendation} />
        <ChooserResult answers={answers} recommendation={recommendation} />
      </div>
    </div>
  );
}

function Questions({
  answers,
  contradictions,
  onChange,
}: {
  answers: Answers;
  contradictions: Recommendation['contradictions'];
  onChange: (answers: Answers) => void;
}): JSX.Element {
  return (
    <>
      <div className="chooser__questions">
        {questionNames.map((question) => (
          <ChooserQuestion
            key={question}
            question={question}
            answer={answers[question]}
            contradictions={contradictions}
            onAnswer={(answer) => onChange({ ...answers, [question]: answer })}
            onClear={() => onChange(without(question, answers))}
          />
        ))}
      </div>
      <button
        type="button"
        className="chooser__restart"
        onClick={() => onChange({})}
      >
        <Translate
          id="dirtyBit.chooser.restart"
          description="The button that takes back all answers of the chooser"
        >
          Start again
        </Translate>
      </button>
    </>
  );
}

function without(question: Question, answers: Answers): Answers {
  const { [question]: _, ...others } = answers;
  return others;
}

function WithoutScripts(): JSX.Element {
  return (
    <noscript>
      <style>{'.chooser__works { display: none }'}</style>
      <p>
        <Translate
          id="dirtyBit.chooser.withoutScripts"
          description="In place of the chooser where there is no JavaScript"
          values={{
            table: (
              <a href="#comparison">
                <Translate
                  id="dirtyBit.chooser.withoutScripts.table"
                  description="The link to the table below the chooser"
                >
                  table below
                </Translate>
              </a>
            ),
          }}
        >
          {
            'There are eight questions here that need JavaScript. The {table} compares the strategies without it.'
          }
        </Translate>
      </p>
    </noscript>
  );
}
