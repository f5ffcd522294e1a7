/** The rules, by their names, in the order in which they report. */
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import { bareFence } from './rules/bare-fence.ts';
import { codeWidth } from './rules/code-width.ts';
import { diagramDescription } from './rules/diagram-description.ts';
import { duplicateHeadingId } from './rules/duplicate-heading-id.ts';
import { explicitAnchor } from './rules/explicit-anchor.ts';
import { faultyFence } from './rules/faulty-fence.ts';
import { frontMatter } from './rules/front-matter.ts';
import { pageMirror } from './rules/page-mirror.ts';
import { typedFigure } from './rules/typed-figure.ts';
import { unknownExample } from './rules/unknown-example.ts';
import { unknownRegion } from './rules/unknown-region.ts';
import { untestedExample } from './rules/untested-example.ts';
import type { Sources } from './sources.ts';

export const rules: Readonly<Record<string, Rule>> = {
  'front-matter': frontMatter,
  'explicit-anchor': explicitAnchor,
  'duplicate-heading-id': duplicateHeadingId,
  'faulty-fence': faultyFence,
  'bare-fence': bareFence,
  'unknown-example': unknownExample,
  'unknown-region': unknownRegion,
  'untested-example': untestedExample,
  'typed-figure': typedFigure,
  'code-width': codeWidth,
  'page-mirror': pageMirror,
  'diagram-description': diagramDescription,
};

export function check(sources: Sources): Finding[] {
  return Object.entries(rules).flatMap(([rule, find]) =>
    find(sources).map((problem) => ({ rule, ...problem })),
  );
}
