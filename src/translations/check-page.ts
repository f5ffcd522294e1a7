import type { Finding } from '../checks/finding.ts';
import type { Pair } from './corpus.ts';
import type { PageRule } from './rule.ts';

/** What the rules find on a page, from its top to its bottom. */
export function checkPage(
  pair: Pair,
  rules: Readonly<Record<string, PageRule>>,
): Finding[] {
  const { file } = pair.translation;
  return Object.entries(rules)
    .flatMap(([rule, check]) =>
      check(pair).map((problem) => ({ rule, file, ...problem })),
    )
    .sort((a, b) => a.line - b.line);
}
