import type { Locale } from '../site.ts';

/** As commands call it, in English. */
export function languageName(locale: Locale): string {
  return names.of(locale) ?? locale;
}

const names = new Intl.DisplayNames(['en'], { type: 'language' });
