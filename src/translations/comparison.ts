/** What one page has and the other has not. */
import { headingsOf, type Page } from '../mdx/page.ts';
import { translatedLocales } from '../site.ts';
import type { Manuscript, Pair } from './corpus.ts';
import type { Problem } from './rule.ts';

/** Something that a translation must have as its source has it. */
export interface Item {
  /** Items are the same when their texts are; it is what a message shows. */
  readonly text: string;
  readonly line: number;
}

interface Wording {
  /** What an item is called, such as `link`. */
  readonly noun: string;
  /** Languages put the parts of a sentence in different orders. */
  readonly inAnyOrder?: true;
  readonly mend: string;
}

export function comparePages(
  pair: Pair,
  itemsOf: (page: Manuscript) => readonly Item[],
  wording: Wording,
): Problem[] {
  const { source, translation } = pair;
  return compareItems(pair, itemsOf(source), itemsOf(translation), wording);
}

export function compareItems(
  { source, translation }: Pair,
  expected: readonly Item[],
  found: readonly Item[],
  { noun, inAnyOrder, mend }: Wording,
): Problem[] {
  const missing = without(expected, found);
  const added = without(found, expected);
  const problems = [
    ...missing.map(({ text, line }) => ({
      line: counterpartLine(source, translation, line),
      message: `lacks the ${noun} \`${text}\` of ${source.file}:${line}`,
      mend,
    })),
    ...added.map(({ text, line }) => ({
      line,
      message: `has the ${noun} \`${text}\`, which ${source.file} does not have`,
      mend,
    })),
  ];
  if (problems.length > 0 || inAnyOrder) return problems;
  return outOfOrder(expected, found).map(([wanted, { text, line }]) => ({
    line,
    message: `has the ${noun} \`${text}\` where ${source.file}:${wanted.line} has \`${wanted.text}\``,
    mend,
  }));
}

/** Paths and commands on a page may name the page's own language. */
export function inAnyLanguage(code: string): string {
  return code.replaceAll(anyLanguage, '<language>');
}

const anyLanguage = new RegExp(`\\b(?:${translatedLocales.join('|')})\\b`, 'g');

/** The first place at which two lists of the same items part, if they do. */
function outOfOrder(
  expected: readonly Item[],
  found: readonly Item[],
): [Item, Item][] {
  const parted = expected
    .flatMap((item, index): [Item, Item][] => {
      const other = found[index];
      return other === undefined ? [] : [[item, other]];
    })
    .filter(([item, other]) => item.text !== other.text);
  return parted.slice(0, 1);
}

/** The items that are left of some when others are taken away, one by one. */
export function without(
  items: readonly Item[],
  others: readonly Item[],
): Item[] {
  const counts = new Map<string, number>();
  for (const { text } of others) counts.set(text, (counts.get(text) ?? 0) + 1);
  return items.filter(({ text }) => {
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count <= 0;
  });
}

/**
 * Where in the translation to look for what stands on a line of its source: at
 * the heading above it, which both have under one id.
 */
export function counterpartLine(
  source: Page,
  translation: Page,
  line: number,
): number {
  const above = headingsOf(source).findLast(
    (heading) => heading.line <= line && heading.id !== undefined,
  );
  const counterpart = headingsOf(translation).find(
    ({ id }) => id === above?.id,
  );
  return above === undefined ? 1 : (counterpart?.line ?? 1);
}
