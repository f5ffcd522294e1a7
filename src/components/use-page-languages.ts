import { useLocation } from '@docusaurus/router';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import { usePluginData } from '@docusaurus/useGlobalData';
import { pagePath } from '../translations/page-path.ts';
import type { TranslationData } from '../translations/plugin.ts';

export interface PageLanguages {
  /** What its text is written in, which need not be the site's language. */
  readonly writtenIn: string;
  /** All languages that the page exists in. */
  readonly available: readonly string[];
  /** The English page has changed since somebody compared the two. */
  readonly isStale: boolean;
}

/** The languages of the page that the reader is on. */
export function usePageLanguages(): PageLanguages {
  const { siteConfig, i18n } = useDocusaurusContext();
  const { untranslated, stale } = usePluginData(
    'dirty-bit-translations',
  ) as TranslationData;
  const path = pagePath(useLocation().pathname, siteConfig.baseUrl);
  const missing: readonly string[] = untranslated[path] ?? [];
  return {
    writtenIn: missing.includes(i18n.currentLocale)
      ? i18n.defaultLocale
      : i18n.currentLocale,
    available: i18n.locales.filter((locale) => !missing.includes(locale)),
    isStale: stale.includes(path),
  };
}
