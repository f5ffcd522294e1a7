/** Which comments readers meet, and which of them have a translation. */
import type { Page } from '../mdx/page.ts';
import type { TranslatedLocale } from '../site.ts';
import { findEntry, readCatalogue } from './comment-catalogue.ts';
import { findComments } from './comments.ts';
import { readExample } from './example-files.ts';
import { fencesOf } from './page-fences.ts';
import { selectLines } from './regions.ts';

export interface ShownComment {
  /** The file that it stands in, relative to the examples. */
  readonly example: string;
  readonly line: number;
  /** Its key in the catalogue. */
  readonly text: string;
  /** The pages that show it, by their ids. */
  readonly pages: readonly string[];
}

/** An entry of the catalogue. */
export interface EntryKey {
  /** The group that it stands in. */
  readonly example: string;
  readonly text: string;
}

export interface CommentStatus {
  readonly shown: readonly ShownComment[];
  /** Those of `shown` that have no translation. */
  readonly untranslated: readonly ShownComment[];
  /** Entries that no shown comment uses any more. */
  readonly unused: readonly EntryKey[];
}

export function commentStatus(
  siteDir: string,
  locale: TranslatedLocale,
  sourcePages: readonly Page[],
): CommentStatus {
  const catalogue = readCatalogue(siteDir, locale);
  const used = new Set<string>();
  const shown = shownComments(siteDir, sourcePages);
  const untranslated = shown.filter(({ example, text }) => {
    const entry = findEntry(catalogue, example, text);
    if (entry !== undefined) used.add(keyOf(entry.example, text));
    return entry === undefined;
  });
  const unused = [...catalogue].flatMap(([example, group]) =>
    [...group.keys()]
      .filter((text) => !used.has(keyOf(example, text)))
      .map((text) => ({ example, text })),
  );
  return { shown, untranslated, unused };
}

/** Every comment that a page shows, by file and line. */
export function shownComments(
  siteDir: string,
  pages: readonly Page[],
): ShownComment[] {
  const found = new Map<string, ShownComment>();
  for (const { page, fence } of pages.flatMap(fencesOf)) {
    if (fence.kind !== 'example' || fence.language.tested !== true) continue;
    const { example } = fence;
    const source = readExample(siteDir, example);
    const lines = new Set(
      selectLines(source, fence).map(({ number }) => number),
    );
    for (const { line, text } of findComments(source)) {
      if (!lines.has(line)) continue;
      const key = keyOf(example, String(line));
      const before = found.get(key)?.pages ?? [];
      const others = before.filter((id) => id !== page.id);
      found.set(key, { example, line, text, pages: [...others, page.id] });
    }
  }
  return [...found.values()].sort(
    (a, b) => compare(a.example, b.example) || a.line - b.line,
  );
}

function keyOf(example: string, text: string): string {
  return `${example}\n${text}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
