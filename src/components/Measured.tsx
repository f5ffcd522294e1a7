import { translate } from '@docusaurus/Translate';
import useBaseUrl from '@docusaurus/useBaseUrl';
import type { JSX } from 'react';
import { fileAddress } from '../code-pages/address.ts';
import '../css/measured.css';
import { resultsExample } from '../measured/address.ts';
import type {
  PresentedConditions,
  PresentedFigure,
  PresentedRounds,
} from '../measured/present.ts';
import { inUnit } from '../measured/unit.ts';

interface Props {
  /** The benchmark. */
  readonly of: string;
  /** From the remark plugin, which found it by the name that the page gave. */
  readonly measured: {
    readonly figure: PresentedFigure;
    readonly conditions?: PresentedConditions;
  };
}

/**
 * A figure that was measured. It leads to the file that it is from; how it came
 * about is its description, for those who point at it and those who hear it.
 */
export function Measured({ of, measured }: Props): JSX.Element {
  const { figure } = measured;
  return (
    <a
      className="measured"
      href={useBaseUrl(fileAddress(resultsExample(of)))}
      title={originOf(measured)}
    >
      {inUnit(figure)}
    </a>
  );
}

function originOf({ figure, conditions }: Props['measured']): string {
  return figure.rounds && conditions
    ? `${inRounds(figure.rounds)} ${machineOf(conditions)}`
    : translate({
        id: 'dirtyBit.measured.simulated',
        message: 'Simulated in virtual time, the same on every machine.',
        description: 'Describes a figure that no machine changes',
      });
}

function inRounds({ rounds, from, to }: PresentedRounds): string {
  return translate(
    {
      id: 'dirtyBit.measured.rounds',
      message: 'The median of {rounds} rounds; half of them: {from} to {to}.',
      description: 'Describes a measured figure',
    },
    { rounds, from, to },
  );
}

/** Names and a date: the same in every language. */
function machineOf(conditions: PresentedConditions): string {
  const { date, node, processor } = conditions;
  return `${processor}, Node.js ${node}, ${date}`;
}
