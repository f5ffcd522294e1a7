import { frontMatterLine } from '../prose.ts';
import type { PageRule } from '../rule.ts';
import { sourceHash } from '../source-hash.ts';
import { stampOf } from '../stamp.ts';

/** Somebody has compared the translation with the English page of today. */
export const stalePage: PageRule = ({ locale, source, translation }) => {
  const stamp = stampOf(translation);
  if (stamp === sourceHash(source)) return [];
  return [
    {
      line: frontMatterLine(translation, 'sourceHash'),
      message:
        stamp === undefined
          ? `has not been accepted as a translation of ${source.file}`
          : `is stale: ${source.file} has changed since this was accepted`,
      mend: `bring it up to date (\`npm run translations\` tells what changed), then \`npm run translations -- accept ${locale} ${source.id}\``,
    },
  ];
};
