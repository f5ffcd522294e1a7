import { lineOfPassage, type Passage, wordsOf } from '../prose.ts';
import type { PageRule } from '../rule.ts';

/** Text that is still English, word by word, is no translation. */
export const untranslatedText: PageRule = ({ source, translation }) => {
  const english = new Set(source.prose.filter(isText).map(wordsOf));
  return translation.prose
    .filter((passage) => english.has(wordsOf(passage)))
    .map((passage) => ({
      line: lineOfPassage(passage),
      message: `is still English: ${wordsOf(passage)}`,
      mend: 'translate it',
    }));
};

/** Three words and more; fewer may be a name or a term, and code is no text. */
function isText(passage: Passage): boolean {
  const text = wordsOf(passage);
  const words =
    text.match(/(?<!\S)\p{L}[\p{L}'’-]*(?=[.,:;!?]*(?!\S))/gu) ?? [];
  const isName = words.every((word) => /^\p{Lu}/u.test(word));
  return words.length >= 3 && !isName && !/[\w$]\(|=>|[{};]/.test(text);
}
