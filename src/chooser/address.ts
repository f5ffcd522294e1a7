/** The answers as the page's address has them: `?loss=none&reads=soon`. */
import {
  type Answers,
  type Question,
  questionNames,
  questions,
} from '../../examples/start/choosing/verdicts.ts';

/** What an address answers; what is no answer to a question is ignored. */
export function answersIn(search: string): Answers {
  const parameters = new URLSearchParams(search);
  return Object.fromEntries(
    questionNames.flatMap((question) => {
      const value = parameters.get(question);
      return isAnswerTo(question, value) ? [[question, value]] : [];
    }),
  );
}

function isAnswerTo(question: Question, value: string | null): boolean {
  return questions[question].some((answer) => answer === value);
}

/** The address with these answers; what is not about the questions stays. */
export function searchWith(search: string, answers: Answers): string {
  const parameters = new URLSearchParams(search);
  for (const question of questionNames) {
    parameters.delete(question);
    const value = answers[question];
    if (value !== undefined) parameters.append(question, value);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
