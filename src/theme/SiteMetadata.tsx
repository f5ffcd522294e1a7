import Head from '@docusaurus/Head';
import { PageMetadata, useThemeConfig } from '@docusaurus/theme-common';
import { useAlternatePageUtils } from '@docusaurus/theme-common/internal';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { JSX } from 'react';
import { usePageLanguages } from '../components/use-page-languages.ts';

/**
 * What a page says about itself to machines. The theme's own version takes for
 * granted that every page exists in every language.
 */
export default function SiteMetadata(): JSX.Element {
  const { i18n } = useDocusaurusContext();
  const { metadata, image } = useThemeConfig();
  const { writtenIn, available } = usePageLanguages();
  const { createUrl } = useAlternatePageUtils();
  const addressIn = (locale: string) =>
    createUrl({ locale, fullyQualified: true });
  const tagOf = (locale: string) =>
    i18n.localeConfigs[locale]?.htmlLang ?? locale;
  const canonical = addressIn(writtenIn);

  return (
    <>
      <Head>
        <html lang={tagOf(writtenIn)} />
        <link rel="canonical" href={canonical} />
        {available.map((locale) => (
          <link
            key={locale}
            rel="alternate"
            href={addressIn(locale)}
            hrefLang={tagOf(locale)}
          />
        ))}
        <link
          rel="alternate"
          href={addressIn(i18n.defaultLocale)}
          hrefLang="x-default"
        />
        <meta property="og:url" content={canonical} />
        <meta property="og:locale" content={openGraph(tagOf(writtenIn))} />
        {available
          .filter((locale) => locale !== writtenIn)
          .map((locale) => (
            <meta
              key={locale}
              property="og:locale:alternate"
              content={openGraph(tagOf(locale))}
            />
          ))}
        <meta name="twitter:card" content="summary_large_image" />
      </Head>
      {image && <PageMetadata image={image} />}
      {/* In a head of its own, a value overrides the one above. */}
      <Head>
        {metadata.map((attributes) => (
          <meta key={JSON.stringify(attributes)} {...attributes} />
        ))}
      </Head>
    </>
  );
}

/** The Open Graph protocol writes `en_GB` for `en-GB`. */
function openGraph(tag: string): string {
  return tag.replace('-', '_');
}
