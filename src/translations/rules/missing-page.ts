import { pageFile } from '../../mdx/page.ts';
import { sourceLocale } from '../../site.ts';
import { languageName } from '../language-name.ts';
import type { LocaleRule } from '../rule.ts';

/** A page that exists in one language only does not exist. */
export const missingPage: LocaleRule = ({ locale, missing }) =>
  missing.map((id) => ({
    file: pageFile(locale, id),
    line: 1,
    message: `is missing: ${pageFile(sourceLocale, id)} has no ${languageName(locale)} translation`,
    mend: `write it; ${pageFile(sourceLocale, 'contribute/translations')} tells how`,
  }));
