/** Where things are: the one place that knows the layout of the repository. */
import path from 'node:path';

export const sourceLocale = 'en';
export const translatedLocales = ['vi', 'ja'] as const;
export const locales = [sourceLocale, ...translatedLocales] as const;
export type Locale = (typeof locales)[number];
export type TranslatedLocale = (typeof translatedLocales)[number];

export function isLocale(value: string): value is Locale {
  return (locales as readonly string[]).includes(value);
}

/** The folder of a locale's pages, relative to the site. */
export function docsFolder(locale: Locale): string {
  return locale === sourceLocale
    ? 'docs'
    : `i18n/${locale}/docusaurus-plugin-content-docs/current`;
}

export const examplesFolder = 'examples';

/**
 * The language a page is *written in*, which its path tells. A page without a
 * translation is built into every locale, and is English in all of them.
 */
export function localeOfPage(siteDir: string, file: string): Locale {
  const [folder, locale] = path.relative(siteDir, file).split(path.sep);
  return folder === 'i18n' && locale !== undefined && isLocale(locale)
    ? locale
    : sourceLocale;
}
