import Link from '@docusaurus/Link';
import { useDocsVersion } from '@docusaurus/plugin-content-docs/client';
import Translate from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { JSX } from 'react';
import '../css/glossary.css';
import type { Locale } from '../site.ts';
import terms from '../translations/glossary.json';
import type { Term } from '../translations/glossary.ts';

interface Props {
  /** A subject of the glossary. */
  readonly of: string;
}

/** The terms of a subject, in all languages side by side. */
export function Glossary(props: Props): JSX.Element {
  const { i18n } = useDocusaurusContext();
  const all: readonly Term[] = terms;
  const shown = all.filter(({ subject }) => subject === props.of);
  if (shown.length === 0) {
    throw new Error(`Expected a subject of the glossary, got "${props.of}".`);
  }
  const locales = i18n.locales as readonly Locale[];
  return (
    <div className="glossary">
      {shown.map((term) => (
        <div key={term.en.term} className="glossary__term">
          <dl>
            {locales.map((locale) => (
              <div key={locale} lang={locale}>
                <dt>{term[locale].term}</dt>
                <dd>{term[locale].definition}</dd>
              </div>
            ))}
          </dl>
          <Explained term={term} />
        </div>
      ))}
    </div>
  );
}

function Explained({ term }: { term: Term }): JSX.Element {
  const { docs } = useDocsVersion();
  const { page, anchor } = term;
  const address = `/${page}/${anchor === undefined ? '' : `#${anchor}`}`;
  return (
    <p className="glossary__page">
      <Translate
        id="dirtyBit.glossary.explained"
        description="Below a term of the glossary; page is the title of a page"
        values={{ page: <Link to={address}>{docs[page]?.title ?? page}</Link> }}
      >
        {'Explained on: {page}'}
      </Translate>
    </p>
  );
}
