/** All that the rules look at. */
import type { TranslatedLocale } from '../site.ts';
import { commentStatus } from '../snippets/shown-comments.ts';
import { readCorpus, readSources } from './corpus.ts';
import { labelReader } from './labels.ts';
import type { LocaleState } from './rule.ts';

export async function readLocales(
  siteDir: string,
  locales: readonly TranslatedLocale[],
): Promise<LocaleState[]> {
  const sources = await readSources(siteDir);
  const labelsOf = await labelReader(siteDir);
  return Promise.all(
    locales.map(async (locale) => ({
      ...(await readCorpus(siteDir, locale, sources)),
      labels: await labelsOf(locale),
      comments: commentStatus(siteDir, locale, sources),
    })),
  );
}
