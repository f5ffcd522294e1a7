import { translate } from '@docusaurus/Translate';
import type { JSX, PropsWithChildren } from 'react';
import { SideBySide } from './SideBySide.tsx';

export function BrokenFixed({ children }: PropsWithChildren): JSX.Element {
  const broken = translate({
    id: 'dirtyBit.brokenFixed.broken',
    message: 'Broken',
    description: 'Above the code with a mistake',
  });
  const fixed = translate({
    id: 'dirtyBit.brokenFixed.fixed',
    message: 'Mended',
    description: 'Above the code whose mistake is mended',
  });
  return (
    <SideBySide of="BrokenFixed" labels={[broken, fixed]}>
      {children}
    </SideBySide>
  );
}
