import { translate } from '@docusaurus/Translate';
import type { ComponentProps, JSX, ReactNode } from 'react';
import type { PresentedAim, PresentedRounds } from '../measured/present.ts';
import { inUnit } from '../measured/unit.ts';
import { Measured } from './Measured.tsx';

interface Props extends ComponentProps<typeof Measured> {
  /** What was measured. */
  readonly children: ReactNode;
}

/** A figure with its spread, and with its aim if it has one. */
export function MeasuredRow({ children, ...props }: Props): JSX.Element {
  const { rounds, aim, unit } = props.measured.figure;
  return (
    <tr>
      <th scope="row">{children}</th>
      <td>
        <Measured {...props} />
        {rounds && (
          <span className="measured-table__rounds">{spreadOf(rounds)}</span>
        )}
        {aim && (
          <span className={`measured-table__${aim.isMet ? 'met' : 'missed'}`}>
            <span aria-hidden="true">{aim.isMet ? '✓ ' : '✗ '}</span>
            {outcomeOf(aim, boundOf(aim, inUnit({ value: aim.value, unit })))}
          </span>
        )}
      </td>
    </tr>
  );
}

function spreadOf({ from, to, rounds }: PresentedRounds): string {
  return translate(
    {
      id: 'dirtyBit.measuredTable.rounds',
      message: '{from} to {to} in half of {rounds} rounds',
      description:
        'Below the median of a figure: the middle half of its rounds',
    },
    { from, to, rounds },
  );
}

function boundOf({ is }: PresentedAim, value: string): string {
  return is === 'atMost'
    ? translate(
        {
          id: 'dirtyBit.measuredTable.atMost',
          message: 'at most {value}',
          description: 'An aim for a measured figure',
        },
        { value },
      )
    : translate(
        {
          id: 'dirtyBit.measuredTable.atLeast',
          message: 'at least {value}',
          description: 'An aim for a measured figure',
        },
        { value },
      );
}

function outcomeOf({ isMet }: PresentedAim, aim: string): string {
  return isMet
    ? translate(
        {
          id: 'dirtyBit.measuredTable.met',
          message: 'aim met: {aim}',
          description: 'Below a measured figure; aim is such as "at most 3×"',
        },
        { aim },
      )
    : translate(
        {
          id: 'dirtyBit.measuredTable.missed',
          message: 'aim missed: {aim}',
          description: 'Below a measured figure; aim is such as "at most 3×"',
        },
        { aim },
      );
}
