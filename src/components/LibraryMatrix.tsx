import Link from '@docusaurus/Link';
import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';
import '../css/libraries.css';
import { featureTexts } from '../libraries/feature-texts.ts';
import {
  type Feature,
  featureGroups,
  verdictIn,
} from '../libraries/features.ts';
import { libraries } from '../libraries/libraries.ts';
import { own } from '../libraries/own.ts';
import { ownName } from '../libraries/own-name.ts';
import { LibraryVerdict } from './LibraryVerdict.tsx';
import { ScrollingTable } from './ScrollingTable.tsx';

interface Props {
  /** Which features. */
  readonly of: keyof typeof featureGroups;
}

/** Which library has which features, at a glance. */
export function LibraryMatrix(props: Props): JSX.Element {
  const shown: readonly Feature[] = featureGroups[props.of];
  const names = featureTexts();
  const rows = [{ id: 'own', name: ownName(), cells: own }, ...libraries];
  return (
    <ScrollingTable className="libraries">
      <thead>
        <tr>
          <th scope="col">{libraryHead()}</th>
          {shown.map((feature) => (
            <th key={feature} scope="col">
              {names[feature]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, cells }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={`#${id}`}>{name}</Link>
            </th>
            {shown.map((feature) => (
              <td key={feature}>
                <LibraryVerdict verdict={verdictIn(cells, feature)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}

function libraryHead(): string {
  return translate({
    id: 'dirtyBit.libraries.library',
    message: 'Library',
    description:
      'Heads the column with the libraries in the comparison of libraries',
  });
}
