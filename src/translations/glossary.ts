/** The words of the subject in every language, with one voice. */
import type { Locale } from '../site.ts';
import terms from './glossary.json' with { type: 'json' };

/** What is called one thing in each language. */
export interface Term extends Readonly<Record<Locale, Rendering>> {
  /** Under which heading of the glossary it stands. */
  readonly subject: string;
  /** The page that explains it, and the heading there, if not all of it. */
  readonly page: string;
  readonly anchor?: string;
}

export interface Rendering {
  /** As a page introduces it, other words for it in brackets. */
  readonly term: string;
  /** What it means, in a sentence. */
  readonly definition: string;
  /** Other forms that serve as well. */
  readonly also?: readonly string[];
  /** What the same thing is called elsewhere, and never here. */
  readonly never?: readonly string[];
}

export const glossary: readonly Term[] = terms;

/** The forms in which a text may use a term. */
export function formsOf({
  term,
  also = [],
}: Pick<Rendering, 'term' | 'also'>): string[] {
  return [term.replace(/\s*[(（].*[)）]$/, ''), ...also];
}
