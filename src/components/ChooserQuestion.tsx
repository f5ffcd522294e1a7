import type { JSX } from 'react';
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
  readonly onAnswer: (answer: string) => void;
}

export function ChooserQuestion({
  question,
  answer,
  onAnswer,
}: Props): JSX.Element {
  const texts = answerTexts();
  return (
    <fieldset className="chooser__question">
      <legend>{questionTexts()[question]}</legend>
      {questions[question].map((value) => (
        <label key={value}>
          <input
            type="radio"
            name={question}
            value={value}
            checked={value === answer}
            onChange={() => onAnswer(value)}
          />
          <span>{texts[`${question}=${value}` as Answer]}</span>
        </label>
      ))}
    </fieldset>
  );
}
