import { translate } from '@docusaurus/Translate';
import { type JSX, type MouseEvent, useId } from 'react';
import type { Recommendation } from '../../examples/start/choosing/choose.ts';
import {
  type Answer,
  type Question,
  questions,
} from '../../examples/start/choosing/verdicts.ts';
import { answerTexts, questionTexts } from '../chooser/question-texts.ts';

interface Props {
  readonly question: Question;
  /** Absent as long as nobody has given one. */
  readonly answer: string | undefined;
  readonly contradictions: Recommendation['contradictions'];
  readonly onAnswer: (answer: string) => void;
  readonly onClear: () => void;
}

export function ChooserQuestion({
  question,
  answer,
  contradictions,
  onAnswer,
  onClear,
}: Props): JSX.Element {
  const text = questionTexts()[question];
  return (
    <fieldset className="chooser__question">
      <legend>{text}</legend>
      {answer !== undefined && <Clear question={text} onClear={onClear} />}
      {questions[question].map((value) => (
        <Choice
          key={value}
          name={question}
          value={value}
          isChosen={value === answer}
          excludes={opponentsOf(
            `${question}=${value}` as Answer,
            contradictions,
          )}
          onChoose={() => onAnswer(value)}
        />
      ))}
    </fieldset>
  );
}

function Choice({
  name,
  value,
  isChosen,
  excludes,
  onChoose,
}: {
  name: Question;
  value: string;
  isChosen: boolean;
  excludes: readonly Answer[];
  onChoose: () => void;
}): JSX.Element {
  const conflict = useId();
  const texts = answerTexts();
  const isExcluded = excludes.length > 0;
  return (
    <>
      <label>
        <input
          type="radio"
          name={name}
          value={value}
          checked={isChosen}
          aria-describedby={isExcluded ? conflict : undefined}
          onChange={onChoose}
        />
        <span>{texts[`${name}=${value}` as Answer]}</span>
      </label>
      {isExcluded && (
        <p id={conflict} className="chooser__conflict">
          {excludedBy()}
          {excludes.map((other) => (
            <span key={other}>{texts[other]}</span>
          ))}
        </p>
      )}
    </>
  );
}

/** Takes the answer back, and the focus to where another may be given. */
function Clear({
  question,
  onClear,
}: {
  question: string;
  onClear: () => void;
}): JSX.Element {
  const clear = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    currentTarget.closest('fieldset')?.querySelector('input')?.focus();
    onClear();
  };
  const text = translate({
    id: 'dirtyBit.chooser.clear',
    message: 'Clear',
    description: 'The button that takes back one answer of the chooser',
  });
  return (
    <button
      type="button"
      className="chooser__clear"
      aria-label={`${text}: ${question}`}
      onClick={clear}
    >
      {text}
    </button>
  );
}

function opponentsOf(
  answer: Answer,
  contradictions: Recommendation['contradictions'],
): Answer[] {
  return contradictions.flatMap(([one, other]) => {
    if (one === answer) return [other];
    return other === answer ? [one] : [];
  });
}

function excludedBy(): string {
  return translate({
    id: 'dirtyBit.chooser.excludedBy',
    message: 'No strategy does this together with:',
    description: 'In the chooser, below an answer and before those it excludes',
  });
}
