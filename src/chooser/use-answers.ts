import { useHistory } from '@docusaurus/router';
import { useHistorySelector } from '@docusaurus/theme-common';
import type { Answers } from '../../examples/start/choosing/verdicts.ts';
import { answersIn, searchWith } from './address.ts';

/**
 * The answers, which live in the page's address and nowhere else. On the server
 * there are none, and in the first moment of a page neither.
 */
export function useAnswers(): [Answers, (answers: Answers) => void] {
  const history = useHistory();
  const search = useHistorySelector(({ location }) => location.search);
  const answer = (answers: Answers) => {
    const { location } = history;
    history.replace({
      ...location,
      search: searchWith(location.search, answers),
    });
  };
  return [answersIn(search), answer];
}
