/** How much of the code on the pages was run before it was shown. */
import type { Language } from '../snippets/languages.ts';
import type { Sources } from './sources.ts';

export interface Tally {
  readonly language: Language;
  readonly lines: number;
  /** Those that come from the examples. */
  readonly sourced: number;
}

/** By language, the one with the most lines first. */
export function tallyCode({ fences }: Sources): Tally[] {
  const tallies = new Map<Language, Tally>();
  for (const { fence, lines } of fences) {
    const { language } = fence;
    const before = tallies.get(language);
    const sourced = fence.kind === 'example' ? lines.length : 0;
    tallies.set(language, {
      language,
      lines: (before?.lines ?? 0) + lines.length,
      sourced: (before?.sourced ?? 0) + sourced,
    });
  }
  return [...tallies.values()].sort((a, b) => b.lines - a.lines);
}

/** All languages that must be tested, in one. */
export function totalOfTested(tallies: readonly Tally[]) {
  const tested = tallies.filter(({ language }) => language.tested);
  return {
    lines: sum(tested.map(({ lines }) => lines)),
    sourced: sum(tested.map(({ sourced }) => sourced)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
