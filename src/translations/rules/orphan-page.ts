import { pageFile } from '../../mdx/page.ts';
import { byNearness } from '../../nearest.ts';
import { sourceLocale } from '../../site.ts';
import type { LocaleRule } from '../rule.ts';

/** A translation moves and goes together with its English page. */
export const orphanPage: LocaleRule = ({ locale, orphans, missing }) =>
  orphans.map((id) => {
    const [nearest] = byNearness(id, missing);
    const moved =
      nearest === undefined
        ? ''
        : `move it to ${pageFile(locale, nearest)}, or `;
    return {
      file: pageFile(locale, id),
      line: 1,
      message: `translates ${pageFile(sourceLocale, id)}, which does not exist`,
      mend: `${moved}delete it`,
    };
  });
