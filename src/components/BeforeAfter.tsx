import { translate } from '@docusaurus/Translate';
import type { JSX, PropsWithChildren } from 'react';
import { SideBySide } from './SideBySide.tsx';

export function BeforeAfter({ children }: PropsWithChildren): JSX.Element {
  const before = translate({
    id: 'dirtyBit.beforeAfter.before',
    message: 'Before',
    description: 'Above the code as it was',
  });
  const after = translate({
    id: 'dirtyBit.beforeAfter.after',
    message: 'After',
    description: 'Above the code as it has become',
  });
  return (
    <SideBySide of="BeforeAfter" labels={[before, after]}>
      {children}
    </SideBySide>
  );
}
