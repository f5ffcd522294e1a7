/**
 * What a rule is: a function from what there is to what is wrong with it. Its
 * name is that of its file; `rules.ts` lists them all.
 */
import type { Finding } from '../checks/finding.ts';
import type { CommentStatus } from '../snippets/shown-comments.ts';
import type { Corpus, Pair } from './corpus.ts';
import type { Label } from './labels.ts';

/** Compares a translated page with its source. */
export type PageRule = (pair: Pair) => Problem[];

/** Looks at what a language has beside its pages, or lacks among them. */
export type LocaleRule = (state: LocaleState) => LocatedProblem[];

/** In the translated page. */
export type Problem = Pick<Finding, 'line' | 'message' | 'mend'>;

export type LocatedProblem = Problem & Pick<Finding, 'file'>;

export interface LocaleState extends Corpus {
  readonly labels: readonly Label[];
  readonly comments: CommentStatus;
}
