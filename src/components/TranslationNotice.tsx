import Link from '@docusaurus/Link';
import Translate from '@docusaurus/Translate';
import { useAlternatePageUtils } from '@docusaurus/theme-common/internal';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { JSX } from 'react';
import '../css/translation-notice.css';
import { usePageLanguages } from './use-page-languages.ts';

/** Tells the reader what to expect of a page that is not as it should be. */
export function TranslationNotice(): JSX.Element | null {
  const { i18n } = useDocusaurusContext();
  const { writtenIn, isStale } = usePageLanguages();
  const isMissing = writtenIn !== i18n.currentLocale;
  if (!isMissing && !isStale) return null;
  return (
    <aside
      className="translation-notice"
      role="note"
      lang={i18n.localeConfigs[i18n.currentLocale]?.htmlLang}
    >
      {isMissing ? <Missing /> : <Stale />}
    </aside>
  );
}

function Missing(): JSX.Element {
  return (
    <Translate
      id="dirtyBit.translationNotice.missing"
      description="Above an English page inside the site of another language"
      values={{
        guide: (
          <Link to="/contribute/translations/">
            <Translate
              id="dirtyBit.translationNotice.guide"
              description="The link to the translators' guide"
            >
              How to translate
            </Translate>
          </Link>
        ),
      }}
    >
      {
        'This page has not been translated yet, and is shown in English. You can help: {guide}.'
      }
    </Translate>
  );
}

function Stale(): JSX.Element {
  const { i18n } = useDocusaurusContext();
  const { createUrl } = useAlternatePageUtils();
  const locale = i18n.defaultLocale;
  return (
    <Translate
      id="dirtyBit.translationNotice.stale"
      description="Above a translation that is older than its English page"
      values={{
        english: (
          // Not a Link: another language is another site.
          <a href={createUrl({ locale, fullyQualified: false })} hrefLang="en">
            <Translate
              id="dirtyBit.translationNotice.english"
              description="The link to the English version of the same page"
            >
              English page
            </Translate>
          </a>
        ),
      }}
    >
      {
        'The English page may have changed since this translation was made. If in doubt, read the {english}.'
      }
    </Translate>
  );
}
