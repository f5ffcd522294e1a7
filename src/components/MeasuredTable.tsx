import { translate } from '@docusaurus/Translate';
import { Children, isValidElement, type JSX, type ReactNode } from 'react';
import '../css/measured-table.css';
import { ScrollingTable } from './ScrollingTable.tsx';

/** Figures of a benchmark, a `<MeasuredRow>` each. */
export function MeasuredTable(props: {
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <ScrollingTable className="measured-table">
      <thead>
        <tr>
          <th scope="col">
            {translate({
              id: 'dirtyBit.measuredTable.figure',
              message: 'Figure',
              description: 'Heads the column that says what was measured',
            })}
          </th>
          <th scope="col">
            {translate({
              id: 'dirtyBit.measuredTable.result',
              message: 'Result',
              description: 'Heads the column with what measurements came to',
            })}
          </th>
        </tr>
      </thead>
      {/* A page has white space between the rows, and a table must not. */}
      <tbody>{Children.toArray(props.children).filter(isValidElement)}</tbody>
    </ScrollingTable>
  );
}
