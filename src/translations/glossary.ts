/** The words of the subject in every language, with one voice. */
import type { Locale } from '../site.ts';
import terms from './glossary.json' with { type: 'json' };

/** What is called one thing in each language. */
export type Term = Readonly<Record<Locale, Rendering>>;

export interface Rendering {
  /** As a page introduces it, other words for it in brackets. */
  readonly term: string;
  /** Other forms that serve as well. */
  readonly also?: readonly string[];
  /** What the same thing is called elsewhere, and never here. */
  readonly never?: readonly string[];
}

export const glossary: readonly Term[] = terms;

/** The forms in which a text may use a term. */
export function formsOf({ term, also = [] }: Rendering): string[] {
  return [term.replace(/\s*[(（].*[)）]$/, ''), ...also];
}
