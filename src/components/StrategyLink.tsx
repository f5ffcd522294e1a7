import Link from '@docusaurus/Link';
import { useDocsVersion } from '@docusaurus/plugin-content-docs/client';
import { translate } from '@docusaurus/Translate';
import type { JSX } from 'react';

/** A strategy by the title of its page, and whether it has a journal. */
export function StrategyLink({ strategy }: { strategy: string }): JSX.Element {
  const { docs } = useDocsVersion();
  const [name = strategy, addition] = strategy.split(' with ');
  const title = docs[`strategies/${name}`]?.title ?? name;
  return (
    <Link
      to={`/strategies/${name}/${addition === undefined ? '' : '#journal'}`}
    >
      {title}
      {addition !== undefined && withJournal()}
    </Link>
  );
}

function withJournal(): string {
  return translate({
    id: 'dirtyBit.comparison.withJournal',
    message: ', with a journal',
    description: 'In the comparison, after the name of a strategy',
  });
}
