/**
 * What a rule is: a function from the sources to what is wrong with them. Its
 * name is that of its file; `rules.ts` lists them all.
 */
import type { Finding } from './finding.ts';
import type { Sources } from './sources.ts';

export type Rule = (sources: Sources) => Problem[];

export type Problem = Omit<Finding, 'rule'>;
