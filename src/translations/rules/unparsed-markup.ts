import type { PageRule } from '../rule.ts';

/**
 * Markdown opens and closes emphasis by the characters around it, and takes
 * punctuation that is not Western for the wrong thing.
 */
export const unparsedMarkup: PageRule = ({ translation }) =>
  translation.prose
    .flatMap(({ pieces }) => pieces)
    .filter(({ isCode, text }) => !isCode && /\*\*|`|\]\(/.test(text))
    .map((piece) => ({
      line: piece.line,
      message: `shows its Markdown to the reader: ${piece.text.trim()}`,
      mend: 'move brackets and full stops out of the `**`, or put a word beside them',
    }));
