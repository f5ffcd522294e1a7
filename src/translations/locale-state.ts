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
  // What cannot be read is told before Docusaurus takes its seconds.
  const states = await Promise.all(
    locales.map(async (locale) => ({
      ...(await readCorpus(siteDir, locale, sources)),
      comments: commentStatus(siteDir, locale, sources),
    })),
  );
  const labelsOf = await labelReader(siteDir);
  return Promise.all(
    states.map(async (state) => ({
      ...state,
      labels: await labelsOf(state.locale),
    })),
  );
}
