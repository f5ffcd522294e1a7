/**
 * The translations of code comments, `i18n/<locale>/code-comments.json`:
 *
 *     { "shared/clock.ts": { "Milliseconds since …": "…" } }
 *
 * Grouped by file, and in its order, so that a translator reads comments in
 * their context. A comment that stands in several files needs one translation,
 * in any of them; its own file's goes first, where one word must be two.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { TranslatedLocale } from '../site.ts';

export type CommentCatalogue = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface CatalogueEntry {
  /** The group that it stands in, an example file. */
  readonly example: string;
  readonly translation: string;
}

/** Relative to the site. */
export function catalogueFile(locale: TranslatedLocale): string {
  return `i18n/${locale}/code-comments.json`;
}

/** Empty where there is no file. */
export function readCatalogue(
  siteDir: string,
  locale: TranslatedLocale,
): CommentCatalogue {
  const file = catalogueFile(locale);
  const absolute = path.join(siteDir, file);
  if (!fs.existsSync(absolute)) return new Map();
  return parseCatalogue(file, fs.readFileSync(absolute, 'utf8'));
}

export function findEntry(
  catalogue: CommentCatalogue,
  example: string,
  comment: string,
): CatalogueEntry | undefined {
  const own = catalogue.get(example)?.get(comment);
  if (own !== undefined) return { example, translation: own };
  for (const [elsewhere, group] of catalogue) {
    const translation = group.get(comment);
    if (translation !== undefined) return { example: elsewhere, translation };
  }
  return undefined;
}

function parseCatalogue(file: string, text: string): CommentCatalogue {
  const expected = `${file}: expected { "example file": { "comment": "translation" } }`;
  const groups = entriesOf(parseJson(file, text), expected);
  return new Map(
    groups.map(([example, group]) => [
      example,
      new Map(
        entriesOf(group, expected).map(([comment, translation]) => {
          if (typeof translation === 'string') return [comment, translation];
          throw new Error(
            `${expected}, and found ${typeof translation} for "${comment}" of ${example}`,
          );
        }),
      ),
    ]),
  );
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON`, { cause: error });
  }
}

function entriesOf(value: unknown, expected: string): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value);
  }
  throw new Error(expected);
}
