import Translate from '@docusaurus/Translate';
import useBaseUrl from '@docusaurus/useBaseUrl';
import type { JSX } from 'react';
import { fileAddress } from '../code-pages/address.ts';
import '../css/measured.css';
import { resultsExample } from '../measured/address.ts';
import type { PresentedConditions } from '../measured/present.ts';

interface Props {
  /** The benchmark. */
  readonly of: string;
  /** From the remark plugin. A simulation has no conditions that differ. */
  readonly measured: { readonly conditions?: PresentedConditions };
}

/** Where and when the figures of a benchmark were measured, if it matters. */
export function MeasuredOn({ of, measured }: Props): JSX.Element {
  const { conditions } = measured;
  const results = resultsExample(of);
  const sources = {
    command: <code translate="no">npm run bench {of}</code>,
    results: <a href={useBaseUrl(fileAddress(results))}>{results}</a>,
  };
  return (
    <p className="measured-on">
      {conditions === undefined ? (
        <Translate
          id="dirtyBit.measuredOn.simulated"
          description="Below simulated figures; results is a link to a file"
          values={sources}
        >
          {
            'Simulated in virtual time: the figures are the same on every machine. See for yourself with {command}; {results} has the conditions and all figures.'
          }
        </Translate>
      ) : (
        <Translate
          id="dirtyBit.measuredOn"
          description="Below measured figures; results is a link to a file"
          values={{ ...conditions, ...sources }}
        >
          {
            'Measured on {date} with Node.js {node} on {processor} ({cores} cores, {memoryGB} GB, {os}). Measure it on your machine with {command}; {results} has the conditions and all figures.'
          }
        </Translate>
      )}
    </p>
  );
}
