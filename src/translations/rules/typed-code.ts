import type { InlineFence } from '../../snippets/fence.ts';
import { readFences } from '../../snippets/page-fences.ts';
import { comparePages, type Item, inAnyLanguage } from '../comparison.ts';
import type { Manuscript } from '../corpus.ts';
import { plural } from '../report.ts';
import type { PageRule } from '../rule.ts';

/** Commands and data that a page holds itself are the same, but for comments. */
export const typedCode: PageRule = (pair) =>
  comparePages(pair, typedFences, {
    noun: 'code',
    mend: 'copy the fence from the English page; translate only its comments',
  });

function typedFences(page: Manuscript): Item[] {
  return readFences(page).fences.flatMap(({ fence, line }) =>
    fence.kind === 'inline' ? [{ text: codeOf(fence), line }] : [],
  );
}

function codeOf({ language, code }: InlineFence): string {
  // Plain text is translated, line by line.
  if (language.name === 'text') {
    return `${plural(code.split('\n').length, 'line')} of text`;
  }
  const comment = comments[language.name];
  return inAnyLanguage(code)
    .split('\n')
    .map((line) => (comment ? line.replace(comment, '') : line).trim())
    .filter((line) => line !== '')
    .join(' ⏎ ');
}

/** To the end of the line. */
const comments: Readonly<Record<string, RegExp>> = {
  bash: /(?<!\S)#.*/,
  docker: /^#.*/,
  http: /^#.*/,
  js: /(?<!\S)\/\/.*/,
  jsx: /(?<!\S)\/\/.*/,
  promql: /(?<!\S)#.*/,
  sql: /(?<!\S)--.*/,
  toml: /(?<!\S)#.*/,
  ts: /(?<!\S)\/\/.*/,
  tsx: /(?<!\S)\/\/.*/,
  yaml: /(?<!\S)#.*/,
};
