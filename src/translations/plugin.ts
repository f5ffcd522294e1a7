/**
 * Tells the pages which of them are written in which languages, and which lag
 * behind. Where all is well, that is next to nothing.
 */
import path from 'node:path';
import type { LoadedContent } from '@docusaurus/plugin-content-docs';
import type { LoadContext, Plugin } from '@docusaurus/types';
import { pageIds, readPage } from '../mdx/page.ts';
import {
  docsFolder,
  isLocale,
  locales,
  sourceLocale,
  type TranslatedLocale,
  translatedLocales,
} from '../site.ts';
import { idOfFile } from './page-id.ts';
import { pagePath } from './page-path.ts';
import { sourceHash } from './source-hash.ts';
import { stampOf } from './stamp.ts';

export const pluginName = 'dirty-bit-translations';

export interface TranslationData {
  /** For the path of a page, the languages that it is not written in. */
  readonly untranslated: Readonly<Record<string, readonly TranslatedLocale[]>>;
  /** The paths of the pages whose translation into this language is stale. */
  readonly stale: readonly string[];
}

export default function translationsPlugin({
  siteDir,
  siteConfig: { baseUrl },
  i18n: { currentLocale },
}: LoadContext): Plugin {
  return {
    name: pluginName,
    getPathsToWatch: () =>
      locales.map((locale) =>
        path.posix.join(
          siteDir.replaceAll(path.sep, '/'),
          docsFolder(locale),
          '**/*.mdx',
        ),
      ),
    async allContentLoaded({ allContent, actions }) {
      const docs = allContent['docusaurus-plugin-content-docs']?.default as
        | LoadedContent
        | undefined;
      const permalinks = new Map(
        docs?.loadedVersions
          .flatMap((version) => version.docs)
          .map((doc) => [
            idOfFile(doc.source.replace('@site/', '')),
            doc.permalink,
          ]),
      );
      const pathOf = (id: string) =>
        pagePath(permalinks.get(id) ?? id, baseUrl);
      const untranslated = Object.entries(untranslatedPages(siteDir));
      const data: TranslationData = {
        untranslated: Object.fromEntries(
          untranslated.map(([id, missing]) => [pathOf(id), missing]),
        ),
        stale: (await stalePages(siteDir, currentLocale)).map(pathOf),
      };
      actions.setGlobalData(data);
    },
  };
}

function untranslatedPages(siteDir: string): TranslationData['untranslated'] {
  const translated = translatedLocales.map(
    (locale) => [locale, new Set(pageIds(siteDir, locale))] as const,
  );
  return Object.fromEntries(
    pageIds(siteDir, sourceLocale)
      .map((id) => {
        const missing = translated
          .filter(([, ids]) => !ids.has(id))
          .map(([locale]) => locale);
        return [id, missing] as const;
      })
      .filter(([, missing]) => missing.length > 0),
  );
}

async function stalePages(siteDir: string, locale: string): Promise<string[]> {
  if (!isLocale(locale) || locale === sourceLocale) return [];
  const translated = new Set(pageIds(siteDir, locale));
  const ids = pageIds(siteDir, sourceLocale).filter((id) => translated.has(id));
  const isStale = await Promise.all(
    ids.map(async (id) => {
      const [source, translation] = await Promise.all([
        readPage(siteDir, sourceLocale, id),
        readPage(siteDir, locale, id),
      ]);
      return stampOf(translation) !== sourceHash(source);
    }),
  );
  return ids.filter((_, index) => isStale[index]);
}
