import { translate } from '@docusaurus/Translate';
import type { PresentedFigure } from './present.ts';

/** A figure with its unit, in the reader's language. */
export function inUnit({ value, unit }: PresentedFigure): string {
  switch (unit) {
    case 'ratio':
      return `${value}×`;
    case 'milliseconds':
      return `${value} ms`;
    case 'bytes':
      return translate(
        {
          id: 'dirtyBit.measured.bytes',
          message: '{value} bytes',
          description: 'A measured number of bytes',
        },
        { value },
      );
    default:
      return value;
  }
}
