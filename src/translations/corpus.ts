/** What there is of a language: its pages, and the English ones beside them. */
import { type Page, pageIds, readPage, readPages } from '../mdx/page.ts';
import { sourceLocale, type TranslatedLocale } from '../site.ts';
import { type Diagram, diagramsOf } from './diagrams.ts';
import { type Passage, proseOf } from './prose.ts';

/** A page with what the rules ask about it. */
export interface Manuscript extends Page {
  readonly prose: readonly Passage[];
  readonly diagrams: readonly Diagram[];
}

export interface Pair {
  readonly locale: TranslatedLocale;
  readonly source: Manuscript;
  readonly translation: Manuscript;
}

export interface Corpus {
  readonly locale: TranslatedLocale;
  readonly pairs: readonly Pair[];
  /** The ids of English pages that have no translation. */
  readonly missing: readonly string[];
  /** The ids of translations that have no English page. */
  readonly orphans: readonly string[];
}

export async function readSources(siteDir: string): Promise<Manuscript[]> {
  return Promise.all(
    (await readPages(siteDir, sourceLocale)).map(asManuscript),
  );
}

export async function readCorpus(
  siteDir: string,
  locale: TranslatedLocale,
  sources: readonly Manuscript[],
): Promise<Corpus> {
  const translated = new Set(pageIds(siteDir, locale));
  const known = new Set(sources.map(({ id }) => id));
  return {
    locale,
    pairs: await Promise.all(
      sources
        .filter(({ id }) => translated.has(id))
        .map((source) => readPair(siteDir, locale, source)),
    ),
    missing: [...known].filter((id) => !translated.has(id)),
    orphans: [...translated].filter((id) => !known.has(id)),
  };
}

export async function readPair(
  siteDir: string,
  locale: TranslatedLocale,
  source: Manuscript,
): Promise<Pair> {
  const page = await readPage(siteDir, locale, source.id);
  return { locale, source, translation: await asManuscript(page) };
}

export async function asManuscript(page: Page): Promise<Manuscript> {
  const diagrams = await diagramsOf(page.tree);
  return { ...page, diagrams, prose: proseOf(page, diagrams) };
}
