import { catalogueFile } from '../../snippets/comment-catalogue.ts';
import type { LocaleRule } from '../rule.ts';

/** The comments that pages show are translated, and no others. */
export const codeComments: LocaleRule = ({ locale, comments }) => [
  ...comments.untranslated.map(({ example, line, text }) => ({
    file: catalogueFile(locale),
    line: 1,
    message: `lacks the comment of examples/${example}:${line}: ${text}`,
    mend: `add ${JSON.stringify(text)}: "…" to ${JSON.stringify(example)}`,
  })),
  ...comments.unused.map(({ example, text }) => ({
    file: catalogueFile(locale),
    line: 1,
    message: `has a comment that no page shows, under ${example}: ${text}`,
    mend: 'remove it, or give it the words that the comment has now',
  })),
];
