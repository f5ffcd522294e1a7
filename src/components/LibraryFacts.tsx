import Link from '@docusaurus/Link';
import { useDocsVersion } from '@docusaurus/plugin-content-docs/client';
import { translate } from '@docusaurus/Translate';
import useBaseUrl from '@docusaurus/useBaseUrl';
import type { JSX, ReactNode } from 'react';
import { fileAddress, nameOf } from '../code-pages/address.ts';
import '../css/libraries.css';
import { featureTexts } from '../libraries/feature-texts.ts';
import { features, verdictIn } from '../libraries/features.ts';
import { findingTexts } from '../libraries/finding-texts.ts';
import { libraries } from '../libraries/libraries.ts';
import type { Proof, Row, Source } from '../libraries/library.ts';
import { own } from '../libraries/own.ts';
import { LibraryVerdict } from './LibraryVerdict.tsx';
import { ScrollingTable } from './ScrollingTable.tsx';

interface Props {
  /** The id of a library, or `own`. */
  readonly of: string;
}

/** What one library does for each feature, and where that can be read. */
export function LibraryFacts(props: Props): JSX.Element {
  if (props.of === 'own') {
    return (
      <Facts
        cells={own}
        fromHead={proofHead()}
        showFrom={(proof) => <ProofLinks proof={proof} />}
      />
    );
  }
  const library = libraries.find(({ id }) => id === props.of);
  if (library === undefined) {
    throw new Error(`Expected the id of a library, got "${props.of}".`);
  }
  return (
    <Facts
      cells={library.cells}
      fromHead={sourceHead()}
      showFrom={({ what, url }) => <Link to={url}>{what}</Link>}
    />
  );
}

interface FactsProps<From> {
  readonly cells: Row<From>;
  readonly fromHead: string;
  readonly showFrom: (from: From) => ReactNode;
}

function Facts<From extends Source | Proof>(
  props: FactsProps<From>,
): JSX.Element {
  const { cells, fromHead, showFrom } = props;
  const names = featureTexts();
  const texts: Readonly<Record<string, Readonly<Record<string, string>>>> =
    findingTexts();
  return (
    <ScrollingTable className="libraries libraries--facts">
      <thead>
        <tr>
          <th scope="col">{featureHead()}</th>
          <th scope="col">{findingHead()}</th>
          <th scope="col">{fromHead}</th>
        </tr>
      </thead>
      <tbody>
        {features.map((feature) => (
          <tr key={feature}>
            <th scope="row">{names[feature]}</th>
            <td>
              <LibraryVerdict verdict={verdictIn(cells, feature)} />
              {': '}
              {texts[feature]?.[cells[feature].finding]}
            </td>
            <td>{showFrom(cells[feature].from)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}

function ProofLinks({ proof }: { proof: Proof }): JSX.Element {
  const { docs } = useDocsVersion();
  const { page, anchor, test } = proof;
  const [file] = test;
  // Not a page of the site's router: its pages of code are made without one.
  const code = useBaseUrl(fileAddress(file));
  return (
    <ul>
      <li>
        <Link to={`/${page}/#${anchor}`}>{docs[page]?.title ?? page}</Link>
      </li>
      <li>
        <a href={code}>{nameOf(file)}</a>
      </li>
    </ul>
  );
}

function featureHead(): string {
  return translate({
    id: 'dirtyBit.libraries.feature',
    message: 'Feature',
    description: 'Heads the column with the features of a library',
  });
}

function findingHead(): string {
  return translate({
    id: 'dirtyBit.libraries.finding',
    message: 'What it does',
    description: 'Heads the column with what a library does, for each feature',
  });
}

function sourceHead(): string {
  return translate({
    id: 'dirtyBit.libraries.source',
    message: 'Source',
    description:
      'Heads the column with where a finding about a library can be read',
  });
}

function proofHead(): string {
  return translate({
    id: 'dirtyBit.libraries.proof',
    message: 'Page and test',
    description:
      'Heads the column with the page and the test of each feature of our own',
  });
}
