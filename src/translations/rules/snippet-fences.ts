import type { ExampleFence } from '../../snippets/fence.ts';
import { readFences } from '../../snippets/page-fences.ts';
import { comparePages, type Item } from '../comparison.ts';
import type { Manuscript } from '../corpus.ts';
import type { PageRule, Problem } from '../rule.ts';

/** A translation shows the same code and the same outputs in the same order. */
export const snippetFences: PageRule = (pair) => [
  ...faulty(pair.translation),
  ...comparePages(pair, snippets, {
    noun: 'fence',
    mend: 'copy the fences that name code from the English page, in its order',
  }),
];

function faulty(page: Manuscript): Problem[] {
  return readFences(page).faults.map(({ line, problem }) => ({
    line,
    message: `has a fence that cannot be read: ${problem}`,
    mend: 'copy the fence from the English page',
  }));
}

function snippets(page: Manuscript): Item[] {
  return readFences(page).fences.flatMap(({ fence, line }) =>
    fence.kind === 'example' ? [{ text: reference(fence), line }] : [],
  );
}

/** The title is no part of it: it is translated. */
function reference(fence: ExampleFence): string {
  const { example, region, focus, highlight, hide } = fence;
  const attributes = {
    example,
    region,
    focus: focus.join(', '),
    highlight: highlight.join(', '),
    hide: hide.join(', '),
  };
  return Object.entries(attributes)
    .flatMap(([name, value]) => (value ? [`${name}="${value}"`] : []))
    .join(' ');
}
